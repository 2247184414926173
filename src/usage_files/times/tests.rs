//! Tests of dates and times.

use super::*;

/// A clear time as text: local time to the microsecond, offset in minutes, span.
fn written(stamp: Option<Stamp>) -> String {
    match stamp {
        None => "none".into(),
        Some(Stamp::Slashed { first, second, year, .. }) => format!("{first} {second} {year}"),
        Some(Stamp::Clear(Time { local, offset, span })) => {
            let (year, month, day) = civil(local.div_euclid(DAY));
            let within = local.rem_euclid(DAY);
            let offset = offset.map_or("local".into(), |seconds| (seconds / 60).to_string());
            format!("{year}-{month}-{day} {}.{:06} {offset} {span:?}", within / SECOND, within % SECOND)
        }
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(written(read(text.as_bytes())), expected, "{text}");
}

#[test]
fn reads_times_of_many_forms() {
    check("2026-01-31", "2026-1-31 0.000000 local Day");
    check("2026-1-5", "2026-1-5 0.000000 local Day");
    check("2026-01", "2026-1-1 0.000000 local Month");
    check("2026/02/28 8:05", "2026-2-28 29100.000000 local Moment");
    check("2026-01-31T23:59:59.9999999Z", "2026-1-31 86399.999999 0 Moment");
    check("2026-01-31 23:59:59,25 +0530", "2026-1-31 86399.250000 330 Moment");
    check("2026-01-31T00:00:00-08:00", "2026-1-31 0.000000 -480 Moment");
    check(" 2026-01-31 01:02:03 UTC ", "2026-1-31 3723.000000 0 Moment");
    check("2026-01-31 01:02:03 UTC+8", "2026-1-31 3723.000000 480 Moment");
    check("2026年1月31日", "2026-1-31 0.000000 local Day");
    check("2026年1月31日 08:00:00", "2026-1-31 28800.000000 local Moment");
    check("2026年1月", "2026-1-1 0.000000 local Month");
    check("31.01.2026 12:30", "2026-1-31 45000.000000 local Moment");
    check("31/Jan/2026:08:05:01 +0800", "2026-1-31 29101.000000 480 Moment");
    check("31 January 2026", "2026-1-31 0.000000 local Day");
    check("31-Jan-2026", "2026-1-31 0.000000 local Day");
    check("Jan 31, 2026 12:00:00 AM", "2026-1-31 0.000000 local Moment");
    check("20260131", "2026-1-31 0.000000 local Day");
    check("2028-02-29", "2028-2-29 0.000000 local Day");
    check("2016-12-31T23:59:60Z", "2017-1-1 0.000000 0 Moment");
}

#[test]
fn reads_times_since_1970() {
    check("1767225600", "2026-1-1 0.000000 0 Moment");
    check("1767225600.5", "2026-1-1 0.500000 0 Moment");
    check("1767225600123", "2026-1-1 0.123000 0 Moment");
    check("1767225600123456", "2026-1-1 0.123456 0 Moment");
    for number in ["176722560", "17672256001", "1767225600123456789", "1767225600.", "1767225600123.5"] {
        check(number, "none");
    }
}

#[test]
fn leaves_slashes_to_the_column() {
    check("03/04/2026", "3 4 2026");
    check("3/4/2026 5:06:07 PM", "3 4 2026");
    check("13-04-2026", "13 4 2026");
    let stamp = read(b"03/04/2026 00:00:01").expect("a date");
    assert_eq!(written(stamp.in_order(DateOrder::DayFirst).map(Stamp::Clear)), "2026-4-3 1.000000 local Moment");
    assert_eq!(written(stamp.in_order(DateOrder::MonthFirst).map(Stamp::Clear)), "2026-3-4 1.000000 local Moment");
    assert_eq!(stamp.evidence(), None);
    assert_eq!(read(b"13/04/2026").and_then(Stamp::evidence), Some(DateOrder::DayFirst));
    assert_eq!(read(b"12/31/2026").and_then(Stamp::evidence), Some(DateOrder::MonthFirst));
}

#[test]
fn refuses_what_is_no_time() {
    for text in [
        "",
        "-",
        "NULL",
        "foo",
        "2026",
        "12",
        "2026-13-01",
        "2026-02-29",
        "2026-01-31T",
        "2026-01-31T24:00:00",
        "2026-01-31 10:61",
        "2026-01-31 10:00:00 foo",
        "31/13/2026",
        "13/13/2026",
        "00/01/2026",
        "1.5",
        "1/2/26",
        "2026-01-31x",
        "0000-01-01",
        "13:00",
        "2026-01-31 13:00 PM",
        "2026-01-31T10:00:00+25:00",
        "+2026-01-31",
        "2026-01-311",
    ] {
        check(text, "none");
    }
}

#[test]
fn days_and_their_numbers_agree() {
    assert_eq!(day_number(1970, 1, 1), Some(0));
    let mut expected = day_number(1, 1, 1).expect("a day");
    for year in 1..=9_999 {
        for month in 1..=12 {
            for day in [1, 2, days_in(year, month)] {
                let number = day_number(year, month, day).expect("a day");
                assert_eq!(civil(number), (i64::from(year), month, day));
                assert!(number >= expected);
                expected = number;
            }
        }
    }
}

#[test]
fn reads_zones() {
    for (text, minutes) in [("+08:00", 480), ("-0530", -330), ("+8", 480), ("UTC", 0), ("Z", 0), ("+00:00", 0)] {
        assert_eq!(zone(text.as_bytes()), Some(minutes * 60), "{text}");
    }
    for text in ["", "8", "Europe/Berlin", "+19:00", "+08:60", "+08:0", "+08:00:00", "08:00"] {
        assert_eq!(zone(text.as_bytes()), None, "{text}");
    }
}
