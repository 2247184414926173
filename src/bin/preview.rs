//! The first answer, for JavaScript: everything it exports is in [`callmix::first`].

#[expect(unused_imports, reason = "links the exports in")]
use callmix::preview;

fn main() {}
