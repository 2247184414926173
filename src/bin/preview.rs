//! The preview as a WebAssembly module. Its exports are in [`callmix::preview`].

#[expect(unused_imports, reason = "links the exports")]
use callmix::preview;

fn main() {}
