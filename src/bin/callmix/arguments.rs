//! Arguments: options with values, switches and files, in any order.

use std::collections::BTreeMap;

/// Arguments behind a command.
pub struct Arguments<'a> {
    values: BTreeMap<&'a str, &'a str>,
    /// Everything that is no option; `-` is standard input.
    pub files: Vec<&'a str>,
}

impl<'a> Arguments<'a> {
    /// Reads arguments. `options` take a value, as `--zone UTC` or `--zone=UTC`; `switches` do not. Behind `--` there are only
    /// files.
    ///
    /// # Errors
    /// An option that is not known, is given twice, or lacks its value.
    pub fn read(arguments: &[&'a str], options: &[&str], switches: &[&str]) -> Result<Self, String> {
        let mut read = Self { values: BTreeMap::new(), files: Vec::new() };
        let mut rest = arguments.iter().copied();
        while let Some(argument) = rest.next() {
            if argument == "--" {
                read.files.extend(rest.by_ref());
            } else if argument == "-" || !argument.starts_with('-') {
                read.files.push(argument);
            } else {
                let (name, value) = argument.split_once('=').map_or((argument, None), |(name, value)| (name, Some(value)));
                let value = match value {
                    None if switches.contains(&name) => "",
                    None if options.contains(&name) => rest.next().ok_or_else(|| format!("{name} needs a value"))?,
                    Some(value) if options.contains(&name) => value,
                    _ => return Err(format!("{argument} is not known")),
                };
                if read.values.insert(name, value).is_some() {
                    return Err(format!("{name} is given twice"));
                }
            }
        }
        if read.files.is_empty() {
            return Err("no file is given".into());
        }
        Ok(read)
    }

    /// Whether a switch is there.
    pub fn has(&self, switch: &str) -> bool {
        self.values.contains_key(switch)
    }

    /// The value of an option as it is.
    pub fn text(&self, option: &str) -> Option<&'a str> {
        self.values.get(option).copied()
    }

    /// The value of an option, as `read` understands it.
    ///
    /// # Errors
    /// It is none of what is `expected`.
    pub fn value<T>(&self, option: &str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
        let Some(text) = self.text(option) else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| format!("{option} takes {expected}, not {text:?}"))
    }
}
