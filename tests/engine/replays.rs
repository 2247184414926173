//! Replays: every figure against a simulation that is written as the rules say it, and against small logs by hand.

use callmix::file_reports::{errors_json, replay_json};
use callmix::money::Decimal;
use callmix::replay::{Call, DurationUnit, ReplayOptions, ReplayReader, TimeIs, live, queued, timeline::Timeline};
use callmix::usage_files::FileTaker;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::command_line::run;

fn replay_with(text: &str, options: ReplayOptions) -> Value {
    let mut reader = ReplayReader::new(options);
    reader.open("log");
    reader.feed(text.as_bytes());
    reader.close();
    let report = match reader.finish() {
        Ok(report) => replay_json(&report),
        Err(errors) => errors_json(&errors),
    };
    serde_json::from_str(&report).expect("JSON")
}

fn replay(text: &str) -> Value {
    replay_with(text, ReplayOptions::default())
}

/// The failed calls and the longest wait for each number of slots.
fn outcomes(report: &Value) -> Vec<(u64, &str)> {
    let rows = report["slots"].as_array().expect("a list").iter();
    rows.map(|row| (row["failed"].as_u64().expect("a number"), row["longest_wait_seconds"].as_str().expect("text"))).collect()
}

#[test]
fn replays_a_small_log() {
    let report = replay(concat!(
        "start,end,status\n2026-01-31T23:59:50Z,2026-02-01T00:00:10Z,200\n2026-02-01T00:00:00Z,2026-02-01T00:00:04Z,200\n",
        "2026-02-01T00:00:04Z,2026-02-01T00:00:04.5Z,200\n2026-02-01T00:00:05Z,2026-02-01T00:00:06Z,503\n",
    ));
    // One call runs for 15.5 s of the 20 s, two for 4.5 s.
    let expected = json!({
        "rows": 4, "left_out": [{"why": "failed", "rows": 1}], "calls": 3,
        "first": "2026-01-31T23:59:50Z", "last": "2026-02-01T00:00:04Z", "peak": 2,
        "at_once": {"95": 2, "99": 2, "99.9": 2},
        "slots": [
            {"slots": 1, "failed": 2, "share": "0.666667", "longest_wait_seconds": "10"},
            {"slots": 2, "failed": 0, "share": "0", "longest_wait_seconds": "0"},
        ],
        "months": [
            {"month": "2026-01", "calls": 1, "peak": 1, "slots": 1},
            {"month": "2026-02", "calls": 2, "peak": 2, "slots": 2},
        ],
        "notes": [],
    });
    assert_eq!(report, expected);
}

#[test]
fn the_accepted_share_decides_the_slots_of_a_month() {
    let log = format!("start,seconds\n{}", (0..10).map(|second| format!("2026-01-01 00:00:0{second},1.5\n")).collect::<String>());
    let slots = |accepted: &str| {
        let options = ReplayOptions { accepted_failure: Decimal::parse(accepted).expect("a share"), ..ReplayOptions::default() };
        replay_with(&log, options)["months"][0]["slots"].as_u64()
    };
    // With one slot, every second call of the ten fails.
    assert_eq!(["0.499999999", "0.5", "0"].map(slots), [Some(2), Some(1), Some(2)]);
    let alone = replay_with(&log, ReplayOptions { slots: Some(7), ..ReplayOptions::default() });
    assert_eq!(
        (&alone["slots"], &alone["months"][0]["slots"]),
        (&json!([{"slots": 7, "failed": 0, "share": "0", "longest_wait_seconds": "0"}]), &json!(2))
    );
}

#[test]
fn calls_without_length_need_a_slot_and_occupy_none() {
    let log = "start,duration\n2026-01-01 00:00:00,0\n2026-01-01 00:00:00,0\n2026-01-01 00:00:00,10\n2026-01-01 00:00:05,0\n2026-01-01 00:00:10,0\n";
    let report = replay(log);
    assert_eq!((report["peak"].as_u64(), outcomes(&report)), (Some(2), vec![(1, "5"), (0, "0")]));
    let report = replay("start,duration\n2026-01-01 00:00:00,0\n");
    assert_eq!((report["peak"].as_u64(), &report["at_once"]["95"]), (Some(1), &json!(0)));
}

#[test]
fn reads_durations_in_their_units() {
    let first_wait = |log: &str, options| outcomes(&replay_with(log, options)).first().map(|(_, wait)| String::from(*wait));
    let rows = |heading: &str, length: &str| format!("time,{heading}\n2026-01-01 00:00:00,{length}\n2026-01-01 00:00:00,{length}\n");
    let found = |heading: &str, length: &str| first_wait(&rows(heading, length), ReplayOptions::default());
    assert_eq!(found("duration", "1.5"), Some("1.5".into()));
    assert_eq!(found("latency_ms", "1.5"), Some("0.0015".into()));
    assert_eq!(found("elapsed_us", "7"), Some("0.000007".into()));
    assert_eq!(found("request_time", "1e-05"), Some("0.00001".into()));
    let named = |unit| ReplayOptions { duration: Some("took".into()), unit, ..ReplayOptions::default() };
    assert_eq!(first_wait(&rows("took", "9"), named(None)), Some("9".into()));
    assert_eq!(first_wait(&rows("took", "9"), named(Some(DurationUnit::Milliseconds))), Some("0.009".into()));
}

#[test]
fn access_logs_show_what_their_time_is() {
    let line =
        |time: &str, duration: &str| format!("h - - [01/Jan/2026:{time} +0800] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\" {duration}\n");
    // Seconds with a fraction: the time is the end. Whole microseconds: it is the start.
    let nginx = line("00:00:10", "5.250") + &line("00:00:11", "1.000");
    let report = replay(&nginx);
    assert_eq!((&report["first"], &report["last"]), (&json!("2026-01-01T00:00:04.75+08:00"), &json!("2026-01-01T00:00:10+08:00")));
    assert_eq!((report["peak"].as_u64(), &report["notes"][0]["code"]), (Some(1), &json!("time_taken")));
    assert!(report["notes"][0]["message"].as_str().expect("text").contains("as the end"), "{report}");
    let apache = line("00:00:10", "5250000") + &line("00:00:11", "1");
    let report = replay(&apache);
    assert_eq!((&report["first"], report["peak"].as_u64()), (&json!("2026-01-01T00:00:10+08:00"), Some(2)));
    let changed = replay_with(&apache, ReplayOptions { time: Some(TimeIs::End), ..ReplayOptions::default() });
    assert_eq!(changed["first"], "2026-01-01T00:00:04.75+08:00");
    // A log without durations has no calls to replay.
    let report = replay(&line("00:00:10", ""));
    assert_eq!((&report["left_out"], &report["calls"]), (&json!([{"why": "no_duration", "rows": 1}]), &json!(0)));
    assert_eq!((&report["first"], &report["slots"], &report["months"]), (&Value::Null, &json!([]), &json!([])));
}

#[test]
fn leaves_out_rows_that_are_no_calls() {
    let log = concat!(
        "start,end,duration\n2026-01-01 00:00:00,,-1\n2026-01-01 00:00:05,2026-01-01 00:00:04,\n2026-01-01 00:00:00,,\n,,5\n",
        "2026-01-01 00:00:00,,x\n\n2026-01-01 00:00:00,2026-01-01 00:00:03,99\n,2026-01-01 00:00:07,2\n2026-01-01,5\n",
    );
    let report = replay(log);
    let expected = json!([
        {"why": "empty", "rows": 1}, {"why": "malformed", "rows": 4}, {"why": "no_time", "rows": 1}, {"why": "no_duration", "rows": 1},
    ]);
    assert_eq!((report["rows"].as_u64(), &report["left_out"], &report["calls"]), (Some(9), &expected, &json!(2)));
    // The end counts where there is a duration too.
    assert_eq!((&report["last"], report["peak"].as_u64()), (&json!("2026-01-01T00:00:05Z"), Some(1)));
    assert!(report["notes"][0]["message"].as_str().expect("text").starts_with("log, row 2, column “duration”"), "{report}");
}

#[test]
fn reports_clocks_that_jump_and_missing_columns() {
    let report = replay("start,duration\n2026-01-01 00:10:00,1\n2026-01-01 00:05:00,1\n2026-01-01 00:04:30,1\n");
    assert_eq!((&report["notes"][0]["code"], &report["first"]), (&json!("clock_went_back"), &json!("2026-01-01T00:04:30Z")));
    let refused = |log: &str, options| replay_with(log, options)["error"]["code"].as_str().map(String::from);
    assert_eq!(refused("start,calls\n2026-01-01 00:10:00,1\n", ReplayOptions::default()), Some("missing".into()));
    let named = ReplayOptions { start: Some("began".into()), ..ReplayOptions::default() };
    assert_eq!(refused("start,duration\n2026-01-01 00:10:00,1\n", named), Some("missing".into()));
    assert_eq!(refused("", ReplayOptions::default()), Some("empty".into()));
    let json = "{\"began\":\"2026-01-01T00:00:00Z\",\"took\":{\"x\":1},\"ms\":250}\n";
    let named = ReplayOptions {
        start: Some("began".into()),
        duration: Some("ms".into()),
        unit: Some(DurationUnit::Milliseconds),
        ..ReplayOptions::default()
    };
    assert_eq!(replay_with(json, named)["calls"], 1);
}

#[test]
fn the_command_line_replays_files() {
    let path = format!("{}/tests/usage/access.log", env!("CARGO_MANIFEST_DIR"));
    let (output, complaints, code) = run(&["replay", "--accepted-failure", "0", "--slots=2", "--time", "start", &path], b"");
    let report: Value = serde_json::from_str(&output).expect("JSON");
    assert_eq!((complaints.as_str(), code, report["calls"].as_u64(), report["peak"].as_u64()), ("", Some(0), Some(2), Some(2)));
    let (output, _, code) = run(&["replay", "-"], b"start,calls\n2026-01-01,5\n");
    assert!(output.starts_with("{\"error\":{\"code\":\"missing\",\"field\":\"-\",") && code == Some(1), "{output}");
    for arguments in [["--accepted-failure", "1"], ["--slots", "0"], ["--unit", "h"], ["--time", "middle"], ["--zone", "x"]] {
        assert_eq!(run(&["replay", arguments[0], arguments[1], &path], b"").2, Some(2), "{arguments:?}");
    }
}

/// What the rules say, as they say it.
mod naive {
    use super::Call;

    pub fn levels(calls: &[Call]) -> Vec<usize> {
        let running = |place: usize| calls[..place].iter().filter(|call| call.end > calls[place].start).count();
        (0..calls.len()).map(|place| running(place) + 1).collect()
    }

    pub fn failed(calls: &[Call], slots: usize) -> Vec<usize> {
        let mut accepted: Vec<&Call> = Vec::new();
        let mut failed = Vec::new();
        for (place, call) in calls.iter().enumerate() {
            if accepted.iter().filter(|other| other.end > call.start).count() >= slots {
                failed.push(place);
            } else {
                accepted.push(call);
            }
        }
        failed
    }

    pub fn longest_wait(calls: &[Call], slots: usize) -> i64 {
        let mut free = vec![i64::MIN; slots];
        let mut longest = 0;
        for call in calls {
            let slot = free.iter_mut().min().expect("a slot");
            let begins = call.start.max(*slot);
            longest = longest.max(begins - call.start);
            *slot = begins + call.end - call.start;
        }
        longest
    }

    /// The least number for this many thousandths of the time, looked at in every microsecond.
    pub fn at_once(calls: &[Call], thousandths: usize) -> u32 {
        let (first, last) = (calls[0].start, calls.iter().map(|call| call.end).max().expect("a call"));
        let mut running: Vec<u32> =
            (first..last).map(|now| calls.iter().filter(|call| call.start <= now && now < call.end).count() as u32).collect();
        running.sort_unstable();
        let needed = (running.len() * thousandths).div_ceil(1_000);
        needed.checked_sub(1).map_or(0, |place| running[place])
    }
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (0..300_i64, prop_oneof![Just(0), 0..40_i64, 0..300_i64]);
    prop::collection::vec(call, 1..80).prop_map(|calls| {
        calls.into_iter().map(|(start, length)| Call { start, end: start + length, month: 24_312 + u32::from(start >= 150) }).collect()
    })
}

proptest! {
    #[test]
    fn replays_as_the_rules_say(calls in calls()) {
        let timeline = Timeline::new(calls.clone());
        let mut sorted = calls;
        sorted.sort_by_key(|call| call.start);
        let levels = naive::levels(&sorted);
        let peak = levels.iter().copied().max().unwrap_or(0);
        prop_assert_eq!(timeline.levels.iter().map(|&level| level as usize).collect::<Vec<_>>(), levels);
        prop_assert_eq!(timeline.peak() as usize, peak);
        for thousandths in [950, 990, 999] {
            prop_assert_eq!(timeline.at_once(thousandths as u128), naive::at_once(&sorted, thousandths));
        }
        let slots: Vec<u32> = (1..=timeline.peak() + 1).collect();
        let failures = live::Live::new(&timeline).failures(&slots);
        let waits = queued::longest_waits(&timeline, &slots);
        for (place, &slots) in slots.iter().enumerate() {
            let failed = naive::failed(&sorted, slots as usize);
            let by_month: Vec<u64> =
                timeline.months.iter().map(|&month| failed.iter().filter(|&&place| sorted[place].month == month).count() as u64).collect();
            prop_assert_eq!(&failures.by_month[place], &by_month);
            prop_assert_eq!(waits[place], naive::longest_wait(&sorted, slots as usize) as u128);
        }
    }
}
