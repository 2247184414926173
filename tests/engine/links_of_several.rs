//! Links of several services: they open as the estimate that they were written from, and name what they ignore.
//!
//! Source: the contract, "Links, further keys".

use callmix::estimate::JointEstimate;
use callmix::link::{Ignored, Opened, Why, read, write};
use callmix::notes::Notes;
use callmix::scenario::Scenario;
use callmix::wording::ignored_sentence;
use proptest::prelude::*;

use super::links::{code, without_check};
use super::several_estimates::{BOOK, several_scenarios};

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), max_local_rejects: u32::MAX, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reads_what_it_writes_and_writes_it_again(lines in several_scenarios()) {
        let link = write(&lines, &BOOK, &Notes::default(), None, None, None).expect("a link");
        let opened = read(&link, &BOOK);
        prop_assert_eq!((&opened.ignored, &opened.lines()), (&Vec::new(), &lines), "{}", link);
        prop_assert_eq!(opened.link(&BOOK), Ok(link.clone()));
        prop_assert_eq!(opened.further.len(), lines.len() - 1);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.,%=&".contains(&byte);
        prop_assert!(link.bytes().all(plain) && link.ends_with(|last: char| last.is_ascii_alphanumeric()), "{}", link);
        // The same again when its separators, or all of it, were encoded on the way.
        let separators = link.replace('&', "%26").replace('=', "%3D");
        for travelled in [separators.clone(), separators.replace("%26", "&"), link.replace('%', "%25").replace('&', "%26").replace('=', "%3D")] {
            prop_assert_eq!(read(&travelled, &BOOK).link(&BOOK), Ok(link.clone()), "{}", travelled);
        }
    }

    /// Links that somebody edited: pairs left out, doubled, moved to other lines and given other values.
    #[test]
    fn opens_any_pairs_as_an_estimate(
        lines in several_scenarios(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, 1_usize..5, any::<prop::sample::Index>()), 1..6),
    ) {
        let link = without_check(&write(&lines, &BOOK, &Notes::default(), None, None, None).expect("a link"));
        let mut pairs: Vec<String> = link.split('&').skip(1).map(Into::into).collect();
        for (place, change, line, other) in changes {
            if pairs.is_empty() {
                continue;
            }
            let place = place.index(pairs.len());
            let (key, value) = pairs[place].split_once('=').map(|(key, value)| (key.to_string(), value.to_string())).expect("a pair");
            match change {
                0 => drop(pairs.remove(place)),
                1 => pairs.push(format!("{}.{line}={value}", key.split('.').next().unwrap_or_default())),
                2 => {
                    let other = pairs[other.index(pairs.len())].split_once('=').map(|(_, value)| value.to_string());
                    pairs[place] = format!("{key}={}", other.unwrap_or_default());
                }
                _ => pairs.push(format!("{}.{}={value}", ["secs", "busy", "queued", "live", "conc"][line], place + 2)),
            }
        }
        let link = ["v=1"].into_iter().map(String::from).chain(pairs).collect::<Vec<_>>().join("&");
        let opened = read(&link, &BOOK);
        prop_assert!(JointEstimate::of(&opened.lines(), &BOOK).is_ok(), "{}", link);
        let written = opened.link(&BOOK).expect("a link");
        let again = read(&written, &BOOK);
        let json = |opened: &Opened| opened.lines().iter().map(Scenario::to_json).collect::<Vec<_>>();
        prop_assert_eq!((&again.ignored, json(&again)), (&Vec::new(), json(&opened)), "{} {}", link, written);
        prop_assert_eq!(again.link(&BOOK), Ok(written.clone()));
        // What is neither in the written link nor a default is named.
        let values = |link: &str, name: &str| {
            let is_of = |pair: &&str| pair.split(['.', '=']).next() == Some(name) && !pair.ends_with("=0");
            link.split('&').filter(is_of).count()
        };
        for name in ["free", "owned", "tier", "buy", "service"] {
            let named = opened.ignored.iter().filter(|ignored| ignored.key.split('.').next() == Some(name)).count();
            prop_assert!(values(&written, name) + named + opened.further_ignored >= values(&link, name), "{} {} {}", name, link, written);
        }
    }

    #[test]
    fn opens_any_text(text in "((calls|m|free|service|queued|live|secs|busy|conc|buy|slots|start|discount)(\\.(hd|2|3|21|1|02))?(\\.[1-4])?=[0-9a-z,.%:x]{0,9}&){0,8}") {
        let opened = read(&text, &BOOK);
        let written = opened.link(&BOOK).expect("a link");
        prop_assert_eq!(read(&written, &BOOK).link(&BOOK), Ok(written));
        for ignored in &opened.ignored {
            prop_assert!(ignored_sentence(ignored).ends_with('.'));
        }
    }
}

/// Each link with its estimate in JSON.
#[test]
fn published_links_of_several_services_keep_their_meaning() {
    let lines: Vec<&str> = include_str!("links/several.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for pair in lines.chunks(2) {
        let opened = read(pair[0], &BOOK);
        let estimate = JointEstimate::of(&opened.lines(), &BOOK).expect("an estimate");
        assert_eq!((named(&opened).as_str(), opened.link(&BOOK).as_deref()), ("", Ok(pair[0])));
        assert_eq!(Some(&*estimate.to_json()), pair.get(1).map(|json| json.trim_start()));
    }
    assert!(lines.len() >= 6);
}

fn named(opened: &Opened) -> String {
    opened.ignored.iter().map(|Ignored { key, why }| format!("{key} {}", code(why))).collect::<Vec<_>>().join("; ")
}

/// The ignored parts of a link, as `key why; key why`, and the link of the rest.
#[track_caller]
fn check(link: &str, expected: &str, used: &str) {
    let opened = read(&format!("v=1&{link}"), &BOOK);
    let written = without_check(&opened.link(&BOOK).expect("a link"));
    assert_eq!((named(&opened).as_str(), written.strip_prefix("v=1&")), (expected, Some(used)), "{link}");
    for ignored in &opened.ignored {
        let sentence = ignored_sentence(ignored);
        assert!(sentence.ends_with('.') && !sentence.contains(['\n', '"']), "{sentence}");
    }
}

/// A link that is written as it is.
#[track_caller]
fn canonical(link: &str) {
    check(link, "", link);
}

#[test]
fn each_line_has_its_keys_and_each_group_its_slots() {
    let lines = "calls=12000&start=2027-01&free=5&postpaid=off&queued=720,0.8&orders=once&buy=1%3A1000x2&conc=7,8&secs=60\
                 &m.2=1,2,3,4,5,6,7,8,9,10,11,12&owned.2=350x3&buy.2=none&secs.2=90&service.2=portrait\
                 &calls.3=9&profile.3=growing&tier.3=all&live.3=0.01&discount.3=10,0,5&secs.3=1&busy.3=0.5%25&service.3=captions\
                 &calls.4=0&discount.4=0,0,5&service.4=transcode&calls.hd.5=3&calls.2.5=4&slots.5=3&service.5=2";
    canonical(lines);
    canonical(&format!("{lines}&customer=Acme&book=2027-01-01,0123abcd&quoted=5.00"));
    check(&format!("{lines}&budget=500"), "budget by:service.2", lines);
    // What line 1 lacks, its group still says there.
    canonical("calls=0&queued=720,0.8&calls.2=9&secs.2=90&service.2=portrait");
    canonical("calls=9&conc=2&calls.2=9&buy.2=none&service.2=portrait");
    canonical("calls=9&service=captions&calls.2=9&service.2=animate");
}

#[test]
fn the_values_of_one_line_are_read_in_each_of_several() {
    let apart = "calls=9&queued=720,0.8&secs=60&calls.2=9&secs.2=90&service.2=portrait";
    check("calls=9&queued=60,720,0.8&calls.2=9&secs.2=90&service.2=portrait", "", apart);
    check("calls=9&queued=60,720,0.8&calls.2=9&queued.2=90,720,0.8&service.2=portrait", "", apart);
    check("calls=9&secs=60&calls.2=9&queued.2=90,720,0.8&service.2=portrait", "", apart);
    check("calls=9&queued=60,720,0.8&calls.2=9&queued.2=90,700,0.8&service.2=portrait", "queued.2 by:queued", apart);
    check("calls=9&queued=60,720,0.8&secs=61&calls.2=9&secs.2=90&service.2=portrait", "secs by:queued", apart);
    let live = "calls=9&live=0.01&secs=60&busy=500&calls.2=9&secs.2=90&busy.2=0.5%25&service.2=portrait";
    check("calls=9&live=60,500,0.01&calls.2=9&live.2=90,0.5%25,0.01&service.2=portrait", "", live);
}

#[test]
fn a_link_of_one_line_may_say_durations_apart() {
    check("calls=9&queued=720,0.8&secs=60", "", "calls=9&queued=60,720,0.8");
    check("calls=9&live=0.01&secs=60&busy=0.5%25", "", "calls=9&live=60,0.5%25,0.01");
    check("calls=9&secs=60&busy=5", "secs needs:queued; busy needs:live", "calls=9");
    check("calls=9&queued=60,720,0.8&secs=60&busy=5", "secs by:queued; busy needs:live", "calls=9&queued=60,720,0.8");
    check("calls=9&live=60,5,0.01&secs=60&busy=5", "secs by:live; busy by:live", "calls=9&live=60,5,0.01");
    check("calls=9&slots=3&secs=60&busy=5", "secs by:slots; busy by:slots", "calls=9&slots=3");
    check("calls=9&queued=720,0.8&secs=0", "secs out_of_range; queued needs:secs", "calls=9");
    check("calls=9&queued=720,0.8&secs=x", "secs malformed_decimal; queued needs:secs", "calls=9");
    check("calls=9&live=0.01&secs=60", "live form; secs needs:queued", "calls=9");
    check("calls=9&live=0.01&secs=60&busy=x%25", "busy form; live needs:busy; secs needs:queued", "calls=9");
}

#[test]
fn lines_need_a_service_of_their_own() {
    let two = "calls=9&calls.2=8&service.2=portrait";
    check("calls=9&free.2=7", "free.2 needs:service.2", "calls=9");
    check(&format!("{two}&calls.3=7&free.3=6"), "calls.3 needs:service.3; free.3 needs:service.3", two);
    check(
        &format!("{two}&calls.3=7&service.3=portrait&free.3=1"),
        "service.3 duplicate; calls.3 with:service.3; free.3 with:service.3",
        two,
    );
    check(&format!("{two}&calls.3=7&service.3=animate"), "service.3 duplicate; calls.3 with:service.3", two);
    check(&format!("{two}&calls.3=7&service.3=gone"), "service.3 unknown_service; calls.3 with:service.3", two);
    check(&format!("{two}&calls.4=7&service.4=captions"), "service.4 Gap", &format!("{two}&calls.3=7&service.3=captions"));
    check(&format!("{two}&calls.21=7&service.21=captions"), "service.21 out_of_range; calls.21 unknown_api", two);
    check(
        "calls=9&service=gone&free=2&calls.2=8&service.2=portrait&customer=A",
        "service unknown_service; calls with:service; free with:service",
        "calls=8&service=portrait&customer=A",
    );
    check(
        &format!("{two}&service.02=captions&free.x=1&v.2=1&title.2=x"),
        "service.02 UnknownKey; free.x UnknownKey; v.2 UnknownKey; title.2 UnknownKey",
        two,
    );
    check("calls=9&service.2", "service.2 NoValue", "calls=9");
    check(&format!("{two}&service.2=captions&calls.2=1"), "service.2 Doubled; calls.2 Doubled", two);
}

#[test]
fn what_belongs_to_the_whole_stands_with_line_1() {
    let two = "calls=9&calls.2=8&service.2=portrait";
    check(
        &format!("{two}&start.2=2027-01&postpaid.2=off&orders.2=once"),
        "start.2 whole:start; postpaid.2 whole:postpaid; orders.2 whole:orders",
        two,
    );
    let once = "calls=9&orders=once&calls.2=8&buy.2=none&service.2=portrait";
    check("calls=9&orders=once&calls.2=8&buy.2=2%3A100x1&service.2=portrait", "buy.2 out_of_range", once);
}

#[test]
fn groups_say_once_what_they_need() {
    let two = |further: &str| format!("calls=9{further}&calls.2=8&service.2=portrait");
    check(&format!("{}&slots=3&slots.2=4", two("")), "slots.2 by:slots", &two("&slots=3"));
    check(&format!("{}&slots.2=4", two("")), "", &two("&slots=4"));
    check(&format!("{}&slots=3&queued.2=90,720,0.8", two("")), "queued.2 by:slots; queued.2 by:slots", &two("&slots=3"));
    check(&format!("{}&queued=720,0.8", two("")), "queued needs:secs", &two(""));
    check(&format!("{}&queued=720,0.8&secs=60", two("")), "queued needs:secs.2; secs needs:queued", &two(""));
    check(
        &format!("{}&live=0.1&secs=60&busy=5&secs.2=7", two("")),
        "live needs:busy.2; secs needs:queued; busy needs:live; secs.2 needs:queued.2",
        &two(""),
    );
    check(&format!("{}&secs=60&busy.2=5", two("")), "secs needs:queued; busy.2 needs:live.2", &two(""));
    check(&format!("{}&conc=3", two("")), "conc needs:buy", &two(""));
    check(&format!("{}&conc.2=3,3,1&buy.2=none", two("")), "conc.2 duplicate", "calls=9&conc=1,3&calls.2=8&buy.2=none&service.2=portrait");
    let months = "m=9,0,0,0,0,0,0,0,0,0,0,0&slots=1,0,1,1,1,1,1,1,1,1,1,1";
    check(
        &format!("{months}&m.2=0,9,0,0,0,0,0,0,0,0,0,0&service.2=portrait"),
        "slots out_of_range",
        "m=9,0,0,0,0,0,0,0,0,0,0,0&m.2=0,9,0,0,0,0,0,0,0,0,0,0&service.2=portrait",
    );
    check(
        &format!("{}&discount=5,0,10&discount.2=0,0,20", two("")),
        "discount.2 conflicting_discount",
        "calls=9&discount=5,0,10&calls.2=8&discount.2=0,0,10&service.2=portrait",
    );
    // A line that says nothing of its slots takes over their discount.
    check(&format!("{}&discount=5,0,10", two("")), "", "calls=9&discount=5,0,10&calls.2=8&discount.2=0,0,10&service.2=portrait");
}

/// Without lines, a number behind a point is the id of an API, as it was before links had lines.
#[test]
fn an_api_may_have_the_name_of_a_line() {
    canonical("calls.hd=3&calls.2=4&service=2");
    check("calls.2=4&m.2=1,2,3,4,5,6,7,8,9,10,11,12&service=2", "calls.2 by:m", "m.2=1,2,3,4,5,6,7,8,9,10,11,12&service=2");
    check("calls=3&calls.2=4", "calls.2 unknown_api", "calls=3");
    canonical("calls.hd=3&calls.2.1=4&service=2&calls.2=5&service.2=animate");
    canonical("calls=5&calls.hd.2=3&calls.2.2=4&service.2=2");
    check(
        "calls.hd=3&calls.hd.1=4&service=2&calls.2=5&service.2=animate",
        "calls.hd.1 Doubled",
        "calls.hd=3&service=2&calls.2=5&service.2=animate",
    );
}

#[test]
fn each_reason_has_a_sentence() {
    let sentence = |why| ignored_sentence(&Ignored { key: "calls.3".into(), why });
    assert_eq!(sentence(Why::Gap), "“calls.3” skips a number, so we read it as the next service.");
    assert_eq!(sentence(Why::OfWhole { key: "start" }), "“calls.3” was ignored. It applies to all services, so enter it as “start”.");
    assert_eq!(sentence(Why::LeftOut { with: "service.3".into() }), "“calls.3” was ignored together with “service.3”.");
}
