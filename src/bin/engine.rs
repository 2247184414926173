//! The engine for JavaScript: everything it exports is in [`callmix::js`].

#[expect(unused_imports, reason = "links the exports in")]
use callmix::js;

fn main() {}
