//! Links with something behind them: the rest of a sentence, quotes, brackets, what HTML and trackers add.
//!
//! Each ending is tried raw and as a browser encodes it, behind links with a check and behind those written by hand. Source:
//! the contract, "Links, further keys".

use callmix::link::read;

use super::travelled_links::{BOOK, LONG, QUOTED, SHORT, TITLED, changed, check, check_both, checked, in_browser, survives};

/// A link with `tail` behind it, as it is and as a browser encodes it.
#[track_caller]
fn survives_behind(links: &[&str], tail: &str) {
    for link in links {
        check_both(link, |link| format!("{link}{tail}"));
        check_both(link, |link| in_browser(&format!("{link}{tail}")));
    }
}

#[test]
fn survives_the_end_of_a_sentence() {
    for end in [".", ",", ";", "!", "?", ":", ")", "]", ">", "\"", "'", "”", "’", ").", ")**", "!)", "…", "`", "\\", " |", "**", "_"]
    {
        check_both(SHORT, |link| format!("{link}{end}"));
        check(&format!("{}{end}", checked(TITLED)), &checked(TITLED));
    }
    // By hand a text may end in punctuation, and in brackets that it has opened.
    check("v=1&calls=300&title=Acme Inc.", &checked("v=1&calls=300&title=Acme%20Inc%2E"));
    check("v=1&calls=300&title=Acme (Europe)", &checked("v=1&calls=300&title=Acme%20%28Europe%29"));
    check("v=1&calls=300&title=Acme (Europe))", &checked("v=1&calls=300&title=Acme%20%28Europe%29"));
    check("v=1&calls=300&title=Acme\").", &checked("v=1&calls=300&title=Acme"));
    check("v=1&calls=300 thanks for having a look", &checked("v=1&calls=300"));
    for (link, sentence) in [(SHORT, " is what we expect."), (TITLED, " - is that right?")] {
        check(&format!("{}{sentence}", checked(link)), &checked(link));
    }
}

#[test]
fn survives_html_behind() {
    for tail in ["&gt;", "&quot;", "&nbsp;", "&lt;", "&#8221;", "&#x201d;", "&amp;gt;", "&quot;&gt;", "&nbsp;&#8211; thanks", "&lt;/a&gt;"]
    {
        survives_behind(&[SHORT, QUOTED], tail);
        check(&format!("{}{tail}", checked(TITLED)), &checked(TITLED));
    }
}

#[test]
fn survives_prose_as_browsers_encode_it() {
    for tail in [
        ">",
        "\"",
        "`",
        "”",
        "…",
        "。",
        "）",
        "’",
        "»",
        "」",
        "”.",
        "\").",
        "**",
        " ",
        "\u{a0}",
        "\u{200b}",
        "” thanks for it",
        "\" thanks",
        ") and more",
        "。谢谢",
        "）です",
        "… see you",
        "> wrote",
        " thanks, 5 of us",
        " – is that right?",
        ", please",
        "\">here</a>",
        "] (draft)",
        "\" class=\"x\"",
        " (see a=b)",
        "!\u{a0}Best",
        "” 2 days left",
        "` - ok",
    ] {
        survives_behind(&[SHORT, QUOTED, "v=1&calls=300&profile=growing", "v=1&calls=300&postpaid=off&book=2026-11-22,6e1ff965"], tail);
        for link in [TITLED, LONG] {
            check(&in_browser(&format!("{}{tail}", checked(link))), &checked(link));
        }
    }
    // With a check it is certain where the link ends, even without spaces.
    check(&in_browser(&format!("{}という見積もり", checked(QUOTED))), &checked(QUOTED));
    check("v=1&calls=300&title=Acme%22).", &checked("v=1&calls=300&title=Acme"));
}

#[test]
fn never_cuts_a_number() {
    for number in
        ["12 million", "12 k", "12 万", "12万", "1万2000", "12 thousand, please", "12/7", "12-13", "12 – 13", "12という", "12; 000"]
    {
        for link in [format!("v=1&calls={number}"), in_browser(&format!("v=1&calls={number}"))] {
            let opened = read(&link, &BOOK);
            assert!(!opened.has_usage && opened.ignored.iter().any(|ignored| ignored.key == "calls"), "{link}");
        }
    }
    for (number, meant) in
        [("12 000", "12000"), ("12\u{a0}000", "12000"), ("１２，０００", "12000"), ("12’000”", "12000"), ("12€", "12"), ("12 USD", "12")]
    {
        check(&format!("v=1&calls={number}"), &checked(&format!("v=1&calls={meant}")));
        check(&in_browser(&format!("v=1&calls={number}")), &checked(&format!("v=1&calls={meant}")));
    }
    // An edit goes on with the number or the word.
    for tail in ["0", " 000", "'000", "’000", ".5", ",5", "-1", "/2", "%20000", "&free=6", ") &free=6", "% 5"] {
        for link in [SHORT, QUOTED] {
            changed(&format!("{}{tail}", checked(link)));
            changed(&in_browser(&format!("{}{tail}", checked(link))));
        }
    }
    for tail in ["s", "-Europe", ".com", "%C3%A4", "%E6%A1%88"] {
        changed(&format!("{}{tail}", checked(TITLED)));
    }
}

#[test]
fn survives_trackers() {
    for tail in [
        "?utm_source=mail",
        "&utm_source=mail&utm_medium=x",
        "?utm_source=a&utm_campaign=b",
        "&fbclid=IwAR0",
        "?gclid=1",
        "&mc_cid=1&mc_eid=2",
        "&gbraid=1",
        "&wbraid=1",
        "&dclid=1",
        "&yclid=1",
        "&twclid=1",
        "&ttclid=1",
        "&li_fat_id=1",
        "&_hsenc=p2&_hsmi=3",
        "&sa=D&ved=2ahUKE&usg=AOv",
        "&mkt_tok=1",
        "&ref_src=twsrc%5Etfw",
        "&UTM_SOURCE=Mail",
        "?FBCLID=1",
    ] {
        survives(|link| format!("{link}{tail}"));
    }
    for tail in ["%26utm_source%3Dx", "%3Futm_source%3Dx%26utm_medium%3Dy", "%26gclid%3D1", "%26utm%5Fsource%3Dx"] {
        for link in [SHORT, QUOTED] {
            check_both(link, |link| format!("{link}{tail}"));
        }
        check(&format!("{}{tail}", checked(TITLED)), &checked(TITLED));
    }
    check(&format!("{TITLED}%26utm_source%3Dx"), &checked(TITLED));
    // A note may have one in it.
    check("v=1&calls=300&title=%3Futm%5Fsource%3Dx", &checked("v=1&calls=300&title=%3Futm%5Fsource%3Dx"));
    // With a check it is certain that a key which is not a link's was added; without one it is reported.
    for link in [SHORT, QUOTED, TITLED, LONG] {
        check(&format!("{}&srsltid=Af%20m&x", checked(link)), &checked(link));
        check(&in_browser(&format!("{}”&srsltid=1” thanks", checked(link))), &checked(link));
        check(&checked(link).replacen("&c", "&foo=1&c", 2), &checked(link));
    }
    for tail in ["&srsltid=1", "?srsltid=1", "%26srsltid%3D1", "%26free%3D6"] {
        assert_eq!(read(&format!("{SHORT}{tail}"), &BOOK).ignored.len(), 1, "{tail}");
    }
    survives(|link| link.replacen('&', "&utm_source=mail&", 1));
    survives(|link| format!("{link}:~:text=total"));
}
