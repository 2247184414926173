//! Circles between modules: parts of one module that use each other, directly or through further parts.
//!
//! A part may use what its module defines, and the module uses its parts; they are one unit. What a module takes from one part
//! and passes on to another is a use of the first by the second.

use std::collections::{BTreeMap, BTreeSet};

use super::code::Code;
use super::{File, modules, planted_in};

/// A module by its path from the crate: `app`, `share`, `record`.
type Module = Vec<String>;
/// A part of a module, and another part of the same module that it uses.
type Use = (Module, Module);

/// What the paths of one file can name.
struct Names {
    modules: BTreeSet<Module>,
    /// The part from which a module takes a name.
    taken: BTreeMap<(Module, String), Module>,
}

fn path_of(file: &File) -> Module {
    file.name.trim_start_matches("src/").trim_end_matches(".rs").split('/').map(Into::into).collect()
}

impl Names {
    fn of(files: &[File]) -> Self {
        // A folder is a module too, where no file has its name.
        let with_folders = |path: Module| (1..=path.len()).map(move |len| path[..len].to_vec());
        let modules: BTreeSet<Module> = files.iter().map(path_of).flat_map(with_folders).collect();
        let mut taken = BTreeMap::new();
        for file in files {
            for (path, _) in Code::of(&file.text).paths {
                let (part, name) = path.rsplit_once("::").unwrap_or_default();
                let part: Module = path_of(file).into_iter().chain(part.split("::").map(Into::into)).collect();
                if modules.contains(&part) {
                    taken.insert((path_of(file), name.into()), part);
                }
            }
        }
        Self { modules, taken }
    }

    /// The module that defines what `path` names inside of `module`.
    fn resolved(&self, module: &Module, path: &str) -> Option<Module> {
        let mut names = path.split("::").peekable();
        let mut found = match names.next()? {
            "crate" => Module::new(),
            "super" => module[..module.len() - 1].to_vec(),
            _ => return None,
        };
        while names.next_if_eq(&"super").is_some() {
            found.pop();
        }
        for name in names {
            let part: Module = found.iter().cloned().chain([name.into()]).collect();
            if self.modules.contains(&part) {
                found = part;
            } else {
                found = self.taken.get(&(found.clone(), name.into())).cloned().unwrap_or(found);
                break;
            }
        }
        Some(found)
    }

    /// The uses between parts of one module in a file.
    fn uses(&self, file: &File) -> BTreeSet<Use> {
        let module = path_of(file);
        let paths = Code::of(&file.text).paths;
        let used = paths.iter().filter_map(|(path, _)| self.resolved(&module, path));
        used.filter_map(|used| {
            let common = module.iter().zip(&used).take_while(|(one, other)| one == other).count();
            let is_part_of_other = common == module.len() || common == used.len();
            (!is_part_of_other).then(|| (module[..=common].to_vec(), used[..=common].to_vec()))
        })
        .collect()
    }
}

/// The circle that starts with a use, as a chain of modules; `None` if there is none.
fn circle(first: &Use, uses: &BTreeSet<Use>) -> Option<String> {
    let mut chains = vec![vec![&first.0, &first.1]];
    let mut seen = BTreeSet::new();
    while let Some(chain) = chains.pop() {
        let last = chain[chain.len() - 1];
        if *last == first.0 {
            let names: Vec<String> = chain.iter().map(|module| module.join("/")).collect();
            return Some(names.join(" uses "));
        }
        if seen.insert(last) {
            let next = uses.iter().filter(|(user, _)| user == last);
            chains.extend(next.map(|(_, used)| chain.iter().copied().chain([used]).collect::<Vec<_>>()));
        }
    }
    None
}

#[test]
fn parts_of_a_module_do_not_use_each_other_in_a_circle() {
    let files = modules();
    let names = Names::of(&files);
    let uses: BTreeSet<Use> = files.iter().flat_map(|file| names.uses(file)).collect();
    let circles: Vec<String> = uses.iter().filter_map(|first| circle(first, &uses)).collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

/// Wherever one part uses another, the opposite use must be found, at the end of the other part's code.
#[test]
fn a_circle_is_found_wherever_it_is_closed() {
    let files = modules();
    let names = Names::of(&files);
    let uses: BTreeSet<Use> = files.iter().flat_map(|file| names.uses(file)).collect();
    assert!(uses.len() > 100, "found {} uses", uses.len());
    for (user, used) in &uses {
        let Some(file) = files.iter().find(|file| path_of(file) == *used) else { continue };
        let planted = planted_in(file, &format!("use crate::{}::Planted;", user.join("::")));
        let closed: BTreeSet<Use> = uses.iter().cloned().chain(names.uses(&planted)).collect();
        assert!(circle(&(user.clone(), used.clone()), &closed).is_some(), "{user:?} and {used:?}");
    }
}
