//! Sites from folders: what is written, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use callmix::site::{LockUse, SiteOptions, SiteReport, build};

/// A page with every placeholder that the real one has.
const PAGE: &str = include_str!("../../index.html");
const STYLES: &str = include_str!("../../styles/tokens.css");

/// A folder for one test, which is removed at its end.
struct Workplace(PathBuf);

impl Workplace {
    /// Web parts without compiled files, and a copy of the example's folder.
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir().join(format!("callmix-sites-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let new = Self(folder);
        let link = "<link rel=\"stylesheet\" href=\"./callmix-0123456789abcdef.css\">";
        let page = PAGE.replace("<!-- [[head]] -->", &format!("[[head]]{link}"));
        new.write("web/index.html", &page);
        new.write("web/embed.html", &page.replace("[[head]]", "[[frame-head]]"));
        new.write("web/404.html", include_str!("../../static/404.html"));
        for (name, text) in [
            ("engine.js", include_str!("../../embed/engine.js")),
            ("embed.js", include_str!("../../embed/embed.js")),
            ("embed-0.1.0.js", include_str!("../../embed/embed.js")),
            ("service-worker.js", include_str!("../../src/service-worker.js")),
            ("callmix-0123456789abcdef.css", STYLES),
            ("app-0123456789abcdef/callmix-app.js", "// the app"),
        ] {
            new.write(&format!("web/{name}"), text);
        }
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/example-video-cloud");
        for name in ["site.toml", "logo.svg", "prices/2027-01-01.json", "prices/lock"] {
            new.write(&format!("source/{name}"), &fs::read_to_string(example.join(name)).expect("the example's file"));
        }
        new
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect(name)
    }

    fn edit(&self, name: &str, before: &str, after: &str) {
        let text = self.read(name);
        assert!(text.contains(before), "{name} has no {before}");
        self.write(name, &text.replace(before, after));
    }

    fn options(&self, lock: LockUse) -> SiteOptions {
        SiteOptions { folder: self.path("source"), out: self.path("out"), parts: self.path("web"), keep_from: None, lock }
    }

    fn build(&self) -> Result<SiteReport, Vec<String>> {
        build(&self.options(LockUse::Check)).map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    /// Expects exactly one error, which starts with `expected`, and no site.
    #[track_caller]
    fn refuses(&self, expected: &str) {
        let errors = self.build().expect_err("an error");
        assert!(matches!(&errors[..], [error] if error.starts_with(expected)), "expected {expected}, found {errors:#?}");
        assert!(!self.path("out").exists(), "a site was written");
        let left: Vec<String> = fs::read_dir(&self.0)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_site_has_the_names_and_prices_of_its_folder_and_no_others() {
    let site = Workplace::new();
    let report = site.build().expect("a site");
    assert_eq!(report.books.len(), 1);
    assert_eq!(report.scripts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["embed-0.1.0.js"]);
    let page = site.read("out/index.html");
    for part in [
        "<title>Example Video Cloud: the cheapest way",
        "Example Video Cloud<span class=\"masthead__tagline\">",
        "Find the cheapest way to pay for our video APIs.",
        "Example Video Cloud is fictional",
        "Made with Callmix",
        "Video Upscale",
        "€2.50",
        "<link rel=\"canonical\" href=\"https://prices.video-cloud.example/\">",
        "property=\"og:title\"",
        "default-src 'none'",
        "\"version\":\"2027-01-01\"",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    for name in
        ["index.html", "embed.html", "404.html", "engine.js", "embed.js", "embed-0.1.0.js", "service-worker.js", "callmix.webmanifest"]
    {
        let text = site.read(&format!("out/{name}"));
        assert!(!text.contains("[[") || name == "service-worker.js", "{name} has a placeholder");
        assert!(!text.contains("Image Animate") && !text.contains("Callmix pricing"), "{name} has our names");
    }
    assert!(site.read("out/embed.js").contains("\"Example Video Cloud pricing calculator\""));
    let manifest: serde_json::Value = serde_json::from_str(&site.read("out/callmix.webmanifest")).expect("JSON");
    assert_eq!((manifest["short_name"].as_str(), manifest["theme_color"].as_str()), (Some("Example Video Cloud"), Some("#7a2e8e")));
    // The accent is in the style sheet that the page links, and the former one is gone.
    let styles = page.split("href=\"./callmix-").nth(1).and_then(|rest| rest.split('"').next()).expect("a style sheet");
    assert!(site.read(&format!("out/callmix-{styles}")).contains("light-dark(#7a2e8e, #d9a3e6)"));
    assert!(!site.path("out/callmix-0123456789abcdef.css").exists());
    assert!(site.read("out/_headers").contains("frame-ancestors 'self' https://docs.video-cloud.example"));
    assert!(
        report.files.contains(&"index.html".to_string())
            && site.path("out/index.html.br").exists()
            && site.path("out/index.html.gz").exists()
    );
}

/// The service worker compares each file with its digest, and a visit without a network needs them all.
#[test]
fn the_service_worker_lists_the_files_that_are_there() {
    let site = Workplace::new();
    site.build().expect("a site");
    let worker = site.read("out/service-worker.js");
    let list = worker.split("const FILES = ").nth(1).and_then(|rest| rest.split(";\n").next()).expect("a list");
    let files: BTreeMap<String, String> = serde_json::from_str::<Vec<(String, String)>>(list).expect("pairs").into_iter().collect();
    assert!(files.len() >= 4, "{files:?}");
    for name in files.keys() {
        assert!(site.path(&format!("out/{name}")).is_file(), "{name}");
    }
    assert!(!worker.contains("\"BUILD\""));
    // Another price is another build, although no listed file changes.
    site.edit("source/prices/2027-01-01.json", "\"2.5\"", "\"2.6\"");
    build(&site.options(LockUse::Replace)).expect("a site");
    assert_ne!(site.read("out/service-worker.js"), worker);
}

#[test]
fn names_of_services_stay_inert() {
    let site = Workplace::new();
    let hostile = "</script><script>alert(1)</script>[[name]]<!--";
    site.edit("source/prices/2027-01-01.json", "\"Video Upscale\"", &format!("{hostile:?}"));
    site.build().expect("a site");
    for name in ["index.html", "embed.html"] {
        let page = site.read(&format!("out/{name}"));
        assert!(!page.contains("<script>alert") && !page.contains("<!--"), "{page}");
        let data = page.split("id=\"price-books\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("data");
        let books: serde_json::Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(books[0]["services"][0]["name"], hostile);
    }
    assert!(!site.read("out/engine.js").contains("</script>"));
}

#[test]
fn wrong_settings_are_named_by_file_and_key() {
    for (before, after, error) in [
        ("tagline =", "taglines =", "site.toml: taglines: There is no such key."),
        ("name = \"Example Video Cloud\"", "", "site.toml: name: Enter the name"),
        ("name = \"Example Video Cloud\"", "name = 5", "site.toml: name: Enter text in quotes."),
        ("name = \"Example Video Cloud\"", "name = \"Example", "site.toml: TOML parse error"),
        ("#7a2e8e", "#d9a3e6", "site.toml: accent: #d9a3e6 has a contrast of 2.03 to 1 on light pages"),
        ("#d9a3e6", "#7a2e8e", "site.toml: accent_dark: #7a2e8e has a contrast of 2.05 to 1 on dark pages"),
        ("#d9a3e6", "violet", "site.toml: accent_dark: Enter a colour as #rrggbb"),
        ("accent_dark = \"#d9a3e6\"", "", "site.toml: accent_dark: Enter both"),
        ("[\"en\"]", "[\"en\", \"fr\"]", "site.toml: languages: The page is not available in \"fr\"."),
        (
            "https://video-cloud.example/sales",
            "http://video-cloud.example/sales",
            "site.toml: contact: Enter an address that starts with https://",
        ),
        ("https://docs.video-cloud.example", "*", "site.toml: frame_ancestors: Enter an address"),
        ("icon = \"logo.svg\"", "icon = \"../logo.svg\"", "site.toml: icon: ../logo.svg: Use a file inside of the site's folder"),
        ("icon = \"logo.svg\"", "icon = \"none.svg\"", "site.toml: icon: none.svg: "),
        ("icon = \"logo.svg\"", "icon = \"site.toml\"", "site.toml: icon: site.toml: Use an SVG or a PNG file."),
    ] {
        let site = Workplace::new();
        site.edit("source/site.toml", before, after);
        site.refuses(error);
    }
}

#[test]
fn pictures_that_run_or_load_something_are_refused() {
    for (part, found) in [
        ("<script>alert(1)</script>", "<script"),
        ("<path onclick=\"alert(1)\"/>", "onclick"),
        ("<a href=\"https://x.example\"/>", "href="),
    ] {
        let site = Workplace::new();
        site.edit("source/logo.svg", "</svg>", &format!("{part}</svg>"));
        let errors = site.build().expect_err("errors");
        assert!(errors.len() == 2 && errors.iter().all(|error| error.contains(&format!("runs or loads something: {found}"))), "{errors:?}");
    }
    let site = Workplace::new();
    site.write("source/logo.svg", &format!("<svg>{}</svg>", " ".repeat(200_000)));
    assert!(site.build().expect_err("errors").iter().all(|error| error.contains("Use one with at most 200,000.")));
}

#[test]
fn wrong_prices_are_named_by_file_and_field() {
    let site = Workplace::new();
    fs::remove_dir_all(site.path("source/prices")).expect("removed");
    site.refuses("prices: The folder has no price book");
    site.write("source/prices/readme.txt", "none");
    site.refuses("prices: The folder has no price book. Add one");

    let site = Workplace::new();
    site.edit("source/prices/2027-01-01.json", "\"2.5\"", "\"2,5\"");
    site.refuses("prices/2027-01-01.json: services[0].tiers[0].unit_price: ");

    let site = Workplace::new();
    let text = site.read("source/prices/2027-01-01.json");
    site.write("source/prices/2027-02-01.json", &text);
    site.refuses("prices/2027-02-01.json: version: There are two price books of version 2027-01-01.");
    site.write("source/prices/2027-02-01.json", &text.replace("\"version\": \"2027-01-01\"", "\"version\": \"2027-03-01\""));
    site.refuses("prices/2027-02-01.json: version: Name the file 2027-03-01.json");
}

#[test]
fn published_prices_are_locked() {
    let site = Workplace::new();
    fs::remove_file(site.path("source/prices/lock")).expect("removed");
    build(&site.options(LockUse::Ignore)).expect("a draft");
    assert!(!site.path("source/prices/lock").exists());
    let report = site.build().expect("a site");
    assert_eq!(site.read("source/prices/lock"), format!("2027-01-01 {}\n", report.books[0].1));
    let before = site.read("out/index.html");

    site.edit("source/prices/2027-01-01.json", "\"2.5\"", "\"2.6\"");
    let errors = site.build().expect_err("errors");
    assert!(
        matches!(&errors[..], [error] if error.starts_with("prices/2027-01-01.json: Version 2027-01-01 was published with other prices")),
        "{errors:?}"
    );
    assert_eq!(site.read("out/index.html"), before, "the site that was there stays");

    // A new version beside the published one is what prices are changed with.
    site.edit("source/prices/2027-01-01.json", "\"2.6\"", "\"2.5\"");
    let later = site.read("source/prices/2027-01-01.json").replace("2027-01-01", "2027-06-01").replace("\"2.5\"", "\"2.6\"");
    site.write("source/prices/2027-06-01.json", &later);
    let report = site.build().expect("a site");
    assert_eq!(report.books.iter().map(|(version, _)| version.as_str()).collect::<Vec<_>>(), ["2027-01-01", "2027-06-01"]);
    assert_eq!(site.read("source/prices/lock").lines().count(), 2);
    assert!(site.read("out/index.html").contains("€2.60"));

    fs::remove_file(site.path("source/prices/2027-01-01.json")).expect("removed");
    assert!(site.build().expect_err("errors")[0].starts_with("prices/lock: 2027-01-01: "));
    build(&site.options(LockUse::Replace)).expect("a site");
    assert_eq!(site.read("source/prices/lock").lines().count(), 1);
}

#[test]
fn other_folders_are_never_replaced() {
    let site = Workplace::new();
    site.write("out/thesis.txt", "work of years");
    let errors = site.build().expect_err("errors");
    assert!(errors[0].contains("has files and is no built site"), "{errors:?}");
    assert_eq!(site.read("out/thesis.txt"), "work of years");

    // The error has the system's reason, whatever it is.
    let options = SiteOptions { out: site.path("out/thesis.txt/site"), ..site.options(LockUse::Check) };
    let errors = build(&options).expect_err("errors");
    assert!(errors[0].reason.starts_with("It can't be written: "), "{errors:?}");

    let options = SiteOptions { out: site.path("source/.."), ..site.options(LockUse::Check) };
    assert!(build(&options).is_err());
    let options = SiteOptions { parts: site.path("source"), ..site.options(LockUse::Check) };
    let errors = build(&SiteOptions { out: site.path("new"), ..options }).expect_err("errors");
    assert!(errors[0].to_string().contains("This folder has no web parts."), "{errors:?}");
    assert!(!site.path("new").exists());
}

#[test]
fn files_of_earlier_sites_are_kept_on_request() {
    let site = Workplace::new();
    site.write("earlier/app-fedcba9876543210/callmix-app.js", "// an earlier app");
    site.write("earlier/embed-0.0.9.js", "// an earlier script");
    site.write("earlier/embed-0.1.0.js", "// not this one");
    site.write("earlier/index.html", "an earlier page");
    let options = SiteOptions { keep_from: Some(site.path("earlier")), ..site.options(LockUse::Check) };
    let report = build(&options).expect("a site");
    assert_eq!(site.read("out/embed-0.0.9.js"), "// an earlier script");
    assert!(site.path("out/app-fedcba9876543210/callmix-app.js").is_file());
    assert!(!site.read("out/embed-0.1.0.js").contains("not this one") && !site.read("out/index.html").contains("an earlier page"));
    assert_eq!(report.scripts.len(), 2);
    assert!(!site.read("out/service-worker.js").contains("fedcba9876543210"), "visitors would load earlier files");
}
