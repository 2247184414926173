//! The engine as a WebAssembly module. Its exports are in [`callmix::js`].

#[expect(unused_imports, reason = "links the exports")]
use callmix::js;

fn main() {}
