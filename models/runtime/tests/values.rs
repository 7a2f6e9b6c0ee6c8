//! The runtime's own types: what they take, what they give, what they refuse.
#![cfg(all(feature = "blob", feature = "timestamp", feature = "jsonvalue"))]

use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use serde_json::json;
use shapewright_runtime::{Blob, Document, Timestamp};

#[test]
fn a_moment_is_the_same_in_every_format() {
    let moment = Timestamp::from_epoch(1_502_707_474, 0).expect("a moment");
    assert_eq!(moment.to_date_time(), "2017-08-14T10:44:34Z");
    assert_eq!(
        moment.to_http_date().expect("a date"),
        "Mon, 14 Aug 2017 10:44:34 GMT"
    );
    for same in [
        Timestamp::parse_date_time("2017-08-14T12:44:34+02:00"),
        Timestamp::parse_http_date("Mon, 14 Aug 2017 10:44:34 GMT"),
        Timestamp::from_epoch_f64(1_502_707_474.0),
    ] {
        assert_eq!(same.as_ref(), Ok(&moment));
    }
}

#[test]
fn what_is_no_moment_is_refused() {
    assert!(Timestamp::parse_date_time("yesterday").is_err());
    assert!(Timestamp::parse_http_date("2017-08-14").is_err());
    for seconds in [f64::NAN, f64::INFINITY, 1e300, -1e13] {
        assert!(Timestamp::from_epoch_f64(seconds).is_err(), "{seconds}");
    }
    assert!(Timestamp::from_epoch(i64::MAX, 0).is_err());
}

#[test]
fn the_last_second_of_the_year_9999_is_a_moment() {
    let last = Timestamp::from_epoch(253_402_300_799, 0).expect("a moment");
    assert_eq!(last.to_date_time(), "9999-12-31T23:59:59Z");
    let http_date = "Fri, 31 Dec 9999 23:59:59 GMT";
    assert_eq!(last.to_http_date().as_deref(), Ok(http_date));
    for same in [
        Timestamp::parse_date_time("9999-12-31T23:59:59Z"),
        Timestamp::parse_http_date(http_date),
        Timestamp::from_epoch_f64(253_402_300_799.0),
    ] {
        assert_eq!(same.as_ref(), Ok(&last));
    }
    assert_eq!(SystemTime::from(last.clone()), {
        SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_799)
    });
    assert!(Timestamp::from_epoch(253_402_300_800, 0).is_err());
    assert!(Timestamp::parse_date_time("9999-12-31T23:59:59-01:00").is_err());
}

#[test]
fn seconds_with_a_fraction_are_the_nearest_float() {
    for (nanoseconds, seconds) in [(3_691_000, 1.003_691), (0, 1.0), (999_999_000, 1.999_999)] {
        let moment = Timestamp::from_epoch(1, nanoseconds).expect("a moment");
        assert_eq!(moment.to_epoch_f64().to_bits(), f64::to_bits(seconds));
        assert_eq!(Timestamp::from_epoch_f64(seconds), Ok(moment));
    }
    let before = Timestamp::from_epoch_f64(-0.25).expect("a moment");
    assert_eq!(before.epoch_seconds(), -1);
    assert_eq!(before.subsecond_nanoseconds(), 750_000_000);
}

#[test]
fn http_dates_may_have_fractions_and_mail_forms() {
    let half = Timestamp::parse_http_date("Mon, 14 Aug 2017 10:44:34.5 GMT").expect("a moment");
    assert_eq!(half.to_date_time(), "2017-08-14T10:44:34.5Z");
    assert_eq!(
        half.to_http_date().as_deref(),
        Ok("Mon, 14 Aug 2017 10:44:34 GMT")
    );
    let mail = Timestamp::parse_http_date("14 Aug 2017 12:44:34 +0200").expect("a moment");
    assert_eq!(mail.to_date_time(), "2017-08-14T10:44:34Z");
}

#[test]
fn bytes_travel_as_base64_and_do_not_show() {
    let blob: Blob = serde_json::from_value(json!("aGVsbG8=")).expect("bytes");
    assert_eq!(blob.as_slice(), b"hello");
    assert_eq!(
        serde_json::to_value(&blob).expect("written"),
        json!("aGVsbG8=")
    );
    assert_eq!(format!("{blob:?}"), "Blob(5 bytes)");
    assert!(serde_json::from_value::<Blob>(json!("not base64!")).is_err());
}

#[test]
fn documents_are_made_from_plain_values() {
    let list: Document = ["a", "b"].into_iter().collect();
    let document: Document = [
        ("list", list),
        ("number", (-3).into()),
        ("yes", true.into()),
    ]
    .into_iter()
    .collect();
    let json = json!({"list": ["a", "b"], "number": -3, "yes": true});
    assert_eq!(serde_json::to_value(&document).expect("written"), json);
    assert_eq!(
        serde_json::from_value::<Document>(json).expect("read"),
        document
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn moments_pass_through_the_systems_time(seconds in -60_000_000_000_i64..200_000_000_000, nanos in 0..1_000_000_000) {
        let moment = Timestamp::from_epoch(seconds, nanos).expect("a moment");
        let time = SystemTime::from(moment.clone());
        prop_assert_eq!(&moment, &Timestamp::from(time));
        let expected = if seconds >= 0 {
            SystemTime::UNIX_EPOCH + Duration::new(seconds.unsigned_abs(), nanos.unsigned_abs())
        } else {
            SystemTime::UNIX_EPOCH - Duration::from_secs(seconds.unsigned_abs())
                + Duration::new(0, nanos.unsigned_abs())
        };
        prop_assert_eq!(time, expected);
    }

    #[test]
    fn moments_pass_through_text(seconds in -60_000_000_000_i64..200_000_000_000, nanos in 0..1_000_000_000) {
        let moment = Timestamp::from_epoch(seconds, nanos).expect("a moment");
        prop_assert_eq!(Timestamp::parse_date_time(&moment.to_date_time()), Ok(moment));
    }
}
