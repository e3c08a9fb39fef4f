/* Verdicts of targets, worked by hand (issue 3; design chapter 5; edge cases 4–15, 26–31). */
#include "fixture.h"

#include "rules/clock.h"

static struct clock_reading judge(struct ledger *ledger, const char *target, const char *id, const char *as_of)
{
	const struct record *record = ledger_find(ledger, "incidents", id);
	assert_non_null(record);
	struct instant reported;
	assert_true(ledger_record_at(ledger, record, &reported));
	const struct target *found = contract_target(ledger->contract, target, date_of_instant(reported));
	assert_non_null(found);
	return clock_read(ledger, found, record, at(as_of), ledger->arena);
}

static void assert_verdict(struct ledger *ledger, const char *target, const char *id, const char *as_of,
                           enum verdict verdict)
{
	struct clock_reading reading = judge(ledger, target, id, as_of);
	if (reading.verdict != verdict)
		fail_msg("%s on %s at %s: %s, not %s", target, id, as_of, verdict_name(reading.verdict),
		         verdict_name(verdict));
}

static void assert_deadline(struct ledger *ledger, const char *target, const char *id, const char *as_of,
                            const char *deadline)
{
	struct clock_reading reading = judge(ledger, target, id, as_of);
	assert_true(reading.has_deadline);
	assert_at(reading.deadline, deadline);
}

#define RESTORE                                                                                                        \
	"{\"id\":\"restore-p1\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\",\"level\":\"P1\"},"                \
	"\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\",\"pause\":[\"等待采购人授权\"]},"    \
	"{\"id\":\"restore-p3\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\",\"level\":\"P3\"},"                \
	"\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"8h\",\"pause\":[\"等待采购人授权\"]}"
#define LATER "2026-12-01 00:00"

/* A-T1, A-T2, A-T6, A-T7, B-T2, B-T5, C-T1, E-T1, E-T2, E-T4, E-T5 */
static void met_is_at_or_before_the_deadline(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD
	    "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00,2026-03-09 10:00\n" INCIDENT(
	        "I2", "重大故障") "2026-03-09 08:00,2026-03-09T10:00:01\n" INCIDENT("I3",
	                                                                            "P3") "2026-03-09 08:00,2026-03-09 "
	                                                                                  "10:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MET);
	assert_verdict(ledger, "restore-p1", "I2", LATER, VERDICT_MISSED);
	assert_int_equal(judge(ledger, "restore-p1", "I2", LATER).overrun_seconds, 1);
	assert_verdict(ledger, "restore-p1", "I3", LATER, VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "restore-p3", "I3", LATER, VERDICT_MET);
}

/* design 5.1, edge case 37 */
static void what_lies_after_as_of_has_not_happened(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00,2026-03-09 11:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p1", "I1", "2026-03-09 07:59", VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "restore-p1", "I1", "2026-03-09 08:00", VERDICT_RUNNING);
	assert_verdict(ledger, "restore-p1", "I1", "2026-03-09 10:00", VERDICT_RUNNING);
	assert_verdict(ledger, "restore-p1", "I1", "2026-03-09 10:05", VERDICT_MISSED);
	struct clock_reading open = judge(ledger, "restore-p1", "I1", "2026-03-09 10:05");
	assert_true(open.open);
	assert_int_equal(open.overrun_seconds, 300);
	struct clock_reading ended = judge(ledger, "restore-p1", "I1", "2026-03-09 11:00");
	assert_false(ended.open);
	assert_int_equal(ended.overrun_seconds, 3600);
}

/* edge case 5 */
static void a_time_that_should_be_there_is_unknown(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[{\"id\":\"answer\",\"clause\":\"E-T2\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"responded_at\",\"within\":\"10m\"},"
	                      "{\"id\":\"solve\",\"clause\":\"B-T1\",\"for\":{\"type\":\"incidents\",\"onsite\":true},"
	                      "\"from\":\"arrived_at\",\"to\":\"restored_at\",\"within\":\"2h\"},"
	                      "{\"id\":\"report\",\"clause\":\"E-T5\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"restored_at\",\"to\":\"report_filed_at\",\"within\":\"24h\"}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "onsite,reported_at,responded_at,arrived_at,restored_at,closed_at\n" INCIDENT(
	        "I1",
	        "P1") "是,2026-03-09 08:00,,,2026-03-09 09:00,2026-03-09 18:00\n" INCIDENT("I2",
	                                                                                   "P1") "是,2026-03-09 "
	                                                                                         "08:00,2026-03-"
	                                                                                         "09 "
	                                                                                         "08:05,2026-03-"
	                                                                                         "09 "
	                                                                                         "08:30,,"
	                                                                                         "\n" INCIDENT(
	                                                                                             "I"
	                                                                                             "3",
	                                                                                             "P"
	                                                                                             "1") "否,2026-03-"
	                                                                                                  "09 "
	                                                                                                  "08:00,,,,"
	                                                                                                  "\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "answer", "I1", LATER, VERDICT_UNKNOWN);
	assert_verdict(ledger, "answer", "I1", "2026-03-09 08:30", VERDICT_MISSED);
	assert_verdict(ledger, "answer", "I3", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "solve", "I1", LATER, VERDICT_UNKNOWN);
	assert_verdict(ledger, "solve", "I2", "2026-03-09 09:00", VERDICT_RUNNING);
	assert_verdict(ledger, "solve", "I3", LATER, VERDICT_NOT_APPLICABLE);
	/* The report comes after the close as often as before it. */
	assert_verdict(ledger, "report", "I1", "2026-03-10 08:00", VERDICT_RUNNING);
	assert_verdict(ledger, "report", "I1", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "report", "I2", LATER, VERDICT_NOT_APPLICABLE);
}

#define PAUSE_HEAD "id,incident,from,to,reason,approved_by,target\n"

/* design 5.5, edge cases 9–13 */
static void only_approved_pauses_inside_the_running_clock_count(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD
	    "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00,2026-03-09 11:00\n" INCIDENT(
	        "I2", "P1") "2026-03-09 08:00,2026-03-09 11:00\n" INCIDENT("I3", "P1") "2026-03-09 08:00,2026-03-09 "
	                                                                               "11:00\n" INCIDENT(
	                                                                                   "I4", "P1") "2026-03-09 "
	                                                                                               "08:00,\n");
	put_records(fixture, "pauses",
	            PAUSE_HEAD
	            /* two that overlap, and one that began before the report: 30 + 30 minutes */
	            "P1,I1,2026-03-09 07:00,2026-03-09 08:30,等待采购人授权,采购人代表,\n"
	            "P2,I1,2026-03-09 09:00,2026-03-09 09:20,等待采购人授权,采购人代表,\n"
	            "P3,I1,2026-03-09 09:10,2026-03-09 09:30,等待采购人授权,采购人代表,restore-p1\n"
	            /* not approved; for another clock */
	            "P4,I2,2026-03-09 08:10,2026-03-09 10:10,等待采购人授权,,\n"
	            "P5,I2,2026-03-09 08:10,2026-03-09 10:10,等待采购人授权,采购人代表,restore-p3\n"
	            /* begins when the deadline has passed */
	            "P6,I3,2026-03-09 10:00,2026-03-09 11:00,等待采购人授权,采购人代表,\n"
	            /* not ended */
	            "P7,I4,2026-03-09 09:00,,等待采购人授权,采购人代表,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MET);
	assert_deadline(ledger, "restore-p1", "I1", LATER, "2026-03-09 11:00");
	assert_int_equal(judge(ledger, "restore-p1", "I1", LATER).paused_seconds, 3600);
	assert_verdict(ledger, "restore-p1", "I2", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "restore-p1", "I3", LATER, VERDICT_MISSED);
	assert_int_equal(judge(ledger, "restore-p1", "I3", LATER).paused_seconds, 0);
	assert_verdict(ledger, "restore-p1", "I4", "2026-03-09 08:59", VERDICT_RUNNING);
	assert_verdict(ledger, "restore-p1", "I4", LATER, VERDICT_PAUSED);
	assert_false(judge(ledger, "restore-p1", "I4", LATER).has_deadline);
}

/* edge case 9 */
static void a_reason_that_stops_no_clock_is_told(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00,2026-03-09 11:00\n");
	put_records(fixture, "pauses", PAUSE_HEAD "P1,I1,2026-03-09 08:10,2026-03-09 10:10,午休,采购人代表,\n");
	struct ledger *ledger = read_ledger(fixture);
	assert_told(fixture, "records/c/pauses.csv:2:");
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MISSED);
}

/* A-T8, C-T2, C-T3; edge cases 10, 15, 16 */
static void working_time_pauses_only_in_working_hours(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[{\"id\":\"hours\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"4wh\",\"pause\":\"等待\"},"
	                      "{\"id\":\"days\",\"clause\":\"C-T3\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2wd\",\"pause\":\"等待\"},"
	                      "{\"id\":\"calendar\",\"clause\":\"C-D5\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"3d\",\"pause\":\"等待\"}]");
	/* 2026-03-10 is a Tuesday. */
	put_records(fixture, "incidents",
	            INCIDENT_HEAD "reported_at\n" INCIDENT("I1", "P1") "2026-03-10 17:00\n" INCIDENT(
	                "I2", "P1") "2026-03-10 17:00\n");
	put_records(fixture, "pauses",
	            PAUSE_HEAD
	            /* the night, the day of the report, and one hour of the working morning */
	            "P1,I1,2026-03-10 17:30,2026-03-11 10:00,等待,采购人代表,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	/* 4wh from 17:00: one hour, then 09:00–12:00. */
	assert_deadline(ledger, "hours", "I2", "2026-03-10 18:00", "2026-03-11 12:00");
	/* The pause takes half an hour of the first day and one of the second. */
	assert_deadline(ledger, "hours", "I1", "2026-03-11 11:00", "2026-03-11 14:30");
	assert_int_equal(judge(ledger, "hours", "I1", "2026-03-11 11:00").paused_seconds, 5400);
	/* 2wd ends on Thursday at 24:00; of the pause only one working hour lies behind the first day. */
	assert_deadline(ledger, "days", "I2", "2026-03-11 11:00", "2026-03-13 00:00");
	assert_deadline(ledger, "days", "I1", "2026-03-11 11:00", "2026-03-13 10:00");
	/* 3d ends on Friday at 24:00; ten hours more lie on Saturday, so it ends with Monday. */
	assert_deadline(ledger, "calendar", "I2", "2026-03-11 11:00", "2026-03-14 00:00");
	assert_deadline(ledger, "calendar", "I1", "2026-03-11 11:00", "2026-03-17 00:00");
}

/* A-T3, E-T3 */
static void limits_differ_on_rest_days(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"targets\":[{\"id\":\"arrive\",\"clause\":\"A-T3\","
	             "\"for\":{\"type\":\"incidents\",\"onsite\":true},\"from\":\"reported_at\",\"to\":\"arrived_at\","
	             "\"within\":[{\"on\":\"restday\",\"within\":\"30m\"},{\"level\":\"P1\",\"within\":\"45m\"},"
	             "{\"within\":\"1h\"}]}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "onsite,reported_at,arrived_at\n"
	    /* Sunday; the Saturday worked in exchange for National Day; a Monday */
	    INCIDENT("I1", "P3") "是,2026-03-08 08:00,2026-03-08 08:45\n" INCIDENT(
	        "I2", "P3") "是,2026-10-10 08:00,2026-10-10 08:45\n" INCIDENT("I3",
	                                                                      "P1") "是,2026-03-09 08:00,2026-03-09 "
	                                                                            "08:50\n" INCIDENT(
	                                                                                "I4", "P1") "否,2026-03-08 "
	                                                                                            "08:00,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "arrive", "I1", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "arrive", "I2", LATER, VERDICT_MET);
	assert_verdict(ledger, "arrive", "I3", LATER, VERDICT_MISSED);
	assert_deadline(ledger, "arrive", "I3", LATER, "2026-03-09 08:45");
	assert_verdict(ledger, "arrive", "I4", LATER, VERDICT_NOT_APPLICABLE);
}

/* B-T1, B-T3 */
static void a_clock_may_start_at_a_missed_deadline(void **state)
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"targets\":[{\"id\":\"solve\",\"clause\":\"B-T1\",\"for\":{\"type\":\"incidents\"},"
	    "\"from\":\"arrived_at\",\"to\":\"restored_at\",\"within\":\"2h\"},"
	    "{\"id\":\"substitute\",\"clause\":\"B-T3\",\"for\":{\"type\":\"incidents\"},"
	    "\"from\":{\"missed\":\"solve\"},\"to\":\"workaround_at\",\"unless\":\"restored_at\",\"within\":\"2h\"}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD "reported_at,arrived_at,workaround_at,restored_at\n" INCIDENT(
	                "I1", "P1") "2026-03-09 "
	                            "08:00,2026-03-09 "
	                            "09:00,,2026-03-09 "
	                            "11:00\n" INCIDENT(
	                                "I2", "P1") "2026-03-09 08:00,2026-03-09 09:00,2026-03-09 13:00,2026-03-09 "
	                                            "20:00\n" INCIDENT(
	                                                "I3", "P1") "2026-03-09 "
	                                                            "08:00,2026-03-"
	                                                            "09 "
	                                                            "09:00,2026-03-"
	                                                            "09 "
	                                                            "13:01,2026-03-"
	                                                            "09 "
	                                                            "20:"
	                                                            "00\n" INCIDENT(
	                                                                "I4", "P1") "2026-03-09 "
	                                                                            "08:00,2026-03-09 "
	                                                                            "09:00,,2026-03-09 "
	                                                                            "12:30\n" INCIDENT(
	                                                                                "I5", "P1") "2026-03-09 "
	                                                                                            "08:00,2026-03-09 "
	                                                                                            "09:00,,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "substitute", "I1", LATER, VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "substitute", "I2", LATER, VERDICT_MET);
	assert_verdict(ledger, "substitute", "I3", LATER, VERDICT_MISSED);
	assert_deadline(ledger, "substitute", "I3", LATER, "2026-03-09 13:00");
	assert_verdict(ledger, "substitute", "I4", LATER, VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "substitute", "I5", "2026-03-09 11:00", VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "substitute", "I5", "2026-03-09 12:00", VERDICT_RUNNING);
	assert_verdict(ledger, "substitute", "I5", LATER, VERDICT_MISSED);
}

/* A-T4, A-T5; edge case 3 */
static void what_came_first_may_spare_the_rest(void **state)
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"targets\":[{\"id\":\"dispatch\",\"clause\":\"A-T4\",\"for\":{\"type\":\"incidents\",\"remote\":true},"
	    "\"from\":\"remote_started_at\",\"to\":\"dispatched_at\",\"unless\":\"restored_at\",\"within\":\"30m\"}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "remote,reported_at,remote_started_at,dispatched_at,restored_at\n"
	    /* solved remotely in time, and too late; sent before it was solved, and after the limit */
	    INCIDENT("I1", "P1") "是,2026-03-09 08:00,2026-03-09 08:10,,2026-03-09 08:40\n" INCIDENT(
	        "I2",
	        "P1") "是,2026-03-09 08:00,2026-03-09 08:10,,2026-03-09 08:41\n" INCIDENT("I3",
	                                                                                  "P1") "是,2026-03-09 "
	                                                                                        "08:00,2026-03-09 "
	                                                                                        "08:10,2026-03-09 "
	                                                                                        "08:30,2026-03-09 "
	                                                                                        "08:35\n" INCIDENT(
	                                                                                            "I4",
	                                                                                            "P1") "是,2026-03-"
	                                                                                                  "09 "
	                                                                                                  "08:00,2026-"
	                                                                                                  "03-09 "
	                                                                                                  "08:10,2026-"
	                                                                                                  "03-09 "
	                                                                                                  "08:41,2026-"
	                                                                                                  "03-09 "
	                                                                                                  "10:"
	                                                                                                  "00"
	                                                                                                  "\n" INCIDENT(
	                                                                                                      "I5",
	                                                                                                      "P1") "是"
	                                                                                                            ",2"
	                                                                                                            "02"
	                                                                                                            "6-"
	                                                                                                            "03"
	                                                                                                            "-0"
	                                                                                                            "9 "
	                                                                                                            "08"
	                                                                                                            ":0"
	                                                                                                            "0,"
	                                                                                                            ",,"
	                                                                                                            "\n");
	put_records(fixture, "reopenings",
	            "id,incident,at,restored_at,reason\nR1,I1,2026-03-10 08:00,2026-03-10 09:00,再次失败\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	/* That it was reopened later does not undo that it was solved remotely. */
	assert_verdict(ledger, "dispatch", "I1", LATER, VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "dispatch", "I1", "2026-03-09 08:30", VERDICT_RUNNING);
	assert_verdict(ledger, "dispatch", "I2", LATER, VERDICT_UNKNOWN);
	assert_verdict(ledger, "dispatch", "I3", LATER, VERDICT_MET);
	assert_verdict(ledger, "dispatch", "I4", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "dispatch", "I5", LATER, VERDICT_NOT_APPLICABLE);
}

/* B-T4, C-T2, D-T1, D-T2; edge case 31 */
static void another_partys_cause_is_excluded(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"targets\":[{\"id\":\"crash\",\"clause\":\"D-T1\",\"for\":{\"type\":\"incidents\"},"
	             "\"counts_if\":{\"cause_party\":\"provider\",\"exempt\":false},"
	             "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"4h\"},"
	             "{\"id\":\"answer\",\"clause\":\"D-T1\",\"for\":{\"type\":\"incidents\"},\"each_ticket\":true,"
	             "\"from\":\"reported_at\",\"to\":\"responded_at\",\"within\":\"1h\"}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "cause_party,exempt,parent,reported_at,responded_at,restored_at\n" INCIDENT(
	        "I1",
	        "P"
	        "1") "provider,,,2026-03-09 08:00,2026-03-09 08:10,2026-03-09 10:00\n" INCIDENT("I2",
	                                                                                        "P1") "第三方,,,2026-"
	                                                                                              "03-09 "
	                                                                                              "08:00,2026-03-"
	                                                                                              "09 "
	                                                                                              "08:10,2026-03-"
	                                                                                              "09 "
	                                                                                              "20:"
	                                                                                              "00\n" INCIDENT("I3", "P1") "provider,是,,2026-03-09 08:00,2026-03-09 08:10,2026-03-09 20:00\n" INCIDENT(
	                                                                                                  "I4",
	                                                                                                  "P1") "provi"
	                                                                                                        "der,,"
	                                                                                                        "I1,"
	                                                                                                        "2026-"
	                                                                                                        "03-"
	                                                                                                        "09 "
	                                                                                                        "08:"
	                                                                                                        "05,"
	                                                                                                        "2026-"
	                                                                                                        "03-"
	                                                                                                        "09 "
	                                                                                                        "09:"
	                                                                                                        "30,"
	                                                                                                        "2026-"
	                                                                                                        "03-"
	                                                                                                        "09 "
	                                                                                                        "20:"
	                                                                                                        "00"
	                                                                                                        "\n" INCIDENT(
	                                                                                                            "I"
	                                                                                                            "5",
	                                                                                                            "P"
	                                                                                                            "1") ",,,2026-03-09 08:00,2026-03-09 08:10,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "crash", "I1", LATER, VERDICT_MET);
	assert_verdict(ledger, "crash", "I2", LATER, VERDICT_EXCLUDED);
	assert_verdict(ledger, "crash", "I3", LATER, VERDICT_EXCLUDED);
	assert_verdict(ledger, "crash", "I4", LATER, VERDICT_EXCLUDED);
	assert_verdict(ledger, "answer", "I4", LATER, VERDICT_MISSED);
	/* While no cause is known, it counts. */
	assert_verdict(ledger, "crash", "I5", LATER, VERDICT_MISSED);
}

/* E-T1 P5, E-D2 */
static void what_does_not_count_lacks_nothing(void **state) /* D-T2, edge case 31 */
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[{\"id\":\"mend\",\"clause\":\"B-T1\",\"for\":{\"type\":\"incidents\"},"
	                      "\"counts_if\":{\"cause_party\":\"provider\"},"
	                      "\"from\":\"arrived_at\",\"to\":\"restored_at\",\"within\":\"2h\"},"
	                      "{\"id\":\"agreed\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\"},"
	                      "\"to\":\"restored_at\",\"by\":\"agreed_at\"}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "cause_party,parent,reported_at,restored_at\n"
	            "I1,登录失败,office,系统故障,电话,P1,provider,,2026-03-09 08:00,2026-03-09 09:00\n"
	            "I2,登录失败,office,系统故障,电话,P1,purchaser,,2026-03-09 08:00,2026-03-09 09:00\n"
	            "I3,登录失败,office,系统故障,电话,P1,provider,I1,2026-03-09 08:00,2026-03-09 09:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "mend", "I1", LATER, VERDICT_UNKNOWN);
	assert_verdict(ledger, "mend", "I2", LATER, VERDICT_EXCLUDED);
	assert_verdict(ledger, "mend", "I3", LATER, VERDICT_EXCLUDED);
	assert_verdict(ledger, "agreed", "I1", LATER, VERDICT_UNKNOWN);
	assert_verdict(ledger, "agreed", "I3", LATER, VERDICT_EXCLUDED);
}

static void an_agreed_date_is_the_deadline(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[{\"id\":\"agreed\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\"},"
	                      "\"to\":\"restored_at\",\"by\":\"agreed_at\"},"
	                      "{\"id\":\"mend\",\"clause\":\"E-D2\",\"for\":{\"type\":\"findings\"},"
	                      "\"to\":\"closed_on\",\"by\":\"due_on\"}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD "reported_at,agreed_at,restored_at\n" INCIDENT(
	                "I1", "P3") "2026-03-09 08:00,2026-03-20 18:00,2026-03-20 "
	                            "18:00\n" INCIDENT("I2", "P3") "2026-03-09 08:00,,2026-03-20 "
	                                                           "18:00\n" INCIDENT("I3", "P3") "2026-03-09 "
	                                                                                          "08:00,2026-"
	                                                                                          "03-20 "
	                                                                                          "18:00,\n");
	put_records(fixture, "findings",
	            "id,source,severity,title,found_on,due_on,closed_on\n"
	            "F1,漏洞扫描,高危,弱口令,2026-03-01,2026-03-10,2026-03-10\n"
	            "F2,漏洞扫描,高危,弱口令,2026-03-01,2026-03-10,2026-03-11\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "agreed", "I1", LATER, VERDICT_MET);
	assert_verdict(ledger, "agreed", "I2", LATER, VERDICT_UNKNOWN);
	assert_verdict(ledger, "agreed", "I3", "2026-03-20 18:00", VERDICT_RUNNING);
	assert_verdict(ledger, "agreed", "I3", "2026-03-20 18:01", VERDICT_MISSED);
	const struct target *mend = contract_target(ledger->contract, "mend", day("2026-03-01"));
	for (size_t i = 0; i < 2; i++) {
		const struct record *finding = ledger_find(ledger, "findings", i ? "F2" : "F1");
		struct clock_reading reading = clock_read(ledger, mend, finding, at(LATER), NULL);
		assert_at(reading.deadline, "2026-03-11 00:00");
		assert_int_equal(reading.verdict, i ? VERDICT_MISSED : VERDICT_MET);
		assert_int_equal(reading.overrun_seconds, i ? DAY_SECONDS : 0);
	}
}

#define CHANGE_HEAD "id,incident,at,from_level,to_level,approved_by,reason\n"

/* edge case 26 */
static void a_raised_level_counts_from_the_start(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00,2026-03-09 09:50\n" INCIDENT(
	                "I2", "P1") "2026-03-09 08:00,2026-03-09 12:00\n");
	put_records(fixture, "level_changes",
	            CHANGE_HEAD "L1,I1,2026-03-09 09:00,P3,P1,,影响扩大\nL2,I2,2026-03-09 11:00,P3,P1,,影响扩大\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MET);
	assert_verdict(ledger, "restore-p3", "I1", LATER, VERDICT_NOT_APPLICABLE);
	assert_deadline(ledger, "restore-p1", "I2", LATER, "2026-03-09 10:00");
	assert_verdict(ledger, "restore-p1", "I2", LATER, VERDICT_MISSED);
	/* Before it was raised, it was a P3. */
	assert_verdict(ledger, "restore-p3", "I2", "2026-03-09 10:59", VERDICT_RUNNING);
	assert_verdict(ledger, "restore-p1", "I2", "2026-03-09 10:59", VERDICT_NOT_APPLICABLE);
}

/* edge case 27 */
static void a_lowered_level_needs_approval_and_heals_nothing(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD
	    "reported_at,restored_at\n" INCIDENT("I1", "P3") "2026-03-09 08:00,2026-03-09 14:00\n" INCIDENT(
	        "I2", "P3") "2026-03-09 08:00,2026-03-09 14:00\n" INCIDENT("I3",
	                                                                   "P3") "2026-03-09 08:00,2026-03-09 14:00\n");
	put_records(fixture, "level_changes",
	            CHANGE_HEAD "L1,I1,2026-03-09 09:00,P1,P3,采购人代表,范围缩小\n"
	                        "L2,I2,2026-03-09 09:00,P1,P3,,范围缩小\n"
	                        "L3,I3,2026-03-09 10:30,P1,P3,采购人代表,范围缩小\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p3", "I1", LATER, VERDICT_MET);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "restore-p1", "I2", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "restore-p3", "I2", LATER, VERDICT_NOT_APPLICABLE);
	/* Lowered when two hours had passed: the miss stays, and it is judged once. */
	assert_verdict(ledger, "restore-p1", "I3", LATER, VERDICT_MISSED);
	assert_verdict(ledger, "restore-p3", "I3", LATER, VERDICT_NOT_APPLICABLE);
}

/* edge case 30 */
static void a_level_raised_after_a_miss_holds(void **state) /* edge cases 26, 27 */
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"targets\":[" RESTORE
	             ",{\"id\":\"restore-p2\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\",\"level\":\"P2\"},"
	             "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"4h\"}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD "reported_at\nI1,登录失败,office,系统故障,电话,P1,2026-03-09 08:00\n");
	put_records(fixture, "level_changes",
	            CHANGE_HEAD
	            "L1,I1,2026-03-09 13:00,P2,P3,采购人代表,范围缩小\nL2,I1,2026-03-09 14:00,P3,P1,,影响扩大\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p2", "I1", "2026-03-09 13:30", VERDICT_MISSED);
	assert_verdict(ledger, "restore-p3", "I1", "2026-03-09 13:30", VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "restore-p2", "I1", LATER, VERDICT_NOT_APPLICABLE);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MISSED);
}

static void a_reopening_in_time_continues_the_incident(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"reopen\":{\"within\":\"7d\"},\"targets\":[" RESTORE ","
	                      "{\"id\":\"record\",\"clause\":\"E-T5\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"restored_at\",\"to\":\"report_filed_at\",\"within\":\"24h\"}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "reported_at,restored_at,report_filed_at\n" INCIDENT(
	        "I1", "P1") "2026-03-09 08:00,2026-03-09 "
	                    "09:00,2026-03-10 20:00\n" INCIDENT("I2", "P1") "2026-03-09 08:00,2026-03-09 "
	                                                                    "09:00,\n" INCIDENT("I3", "P1") "2026-"
	                                                                                                    "03-"
	                                                                                                    "09 "
	                                                                                                    "08:"
	                                                                                                    "00,"
	                                                                                                    "2026-"
	                                                                                                    "03-"
	                                                                                                    "09 "
	                                                                                                    "10:"
	                                                                                                    "30,"
	                                                                                                    "\n");
	put_records(fixture, "reopenings",
	            "id,incident,at,restored_at,reason\n"
	            /* back for an hour, the day after: 2 h of the clock in all */
	            "R1,I1,2026-03-10 09:00,2026-03-10 10:00,再次失败\n"
	            /* ten days later it is another incident */
	            "R2,I2,2026-03-19 09:00,2026-03-19 19:00,再次失败\n"
	            /* missed before it was reopened */
	            "R3,I3,2026-03-09 11:00,2026-03-09 11:01,再次失败\n");
	struct ledger *ledger = read_ledger(fixture);
	assert_string_equal(told(fixture),
	                    "records/c/reopenings.csv:3:7: warning: I2 is reopened later than the contract "
	                    "lets it go on; enter a new incident that \"follows\" it\n");
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MET);
	assert_deadline(ledger, "restore-p1", "I1", LATER, "2026-03-10 10:00");
	assert_verdict(ledger, "restore-p1", "I1", "2026-03-10 09:30", VERDICT_RUNNING);
	assert_verdict(ledger, "record", "I1", LATER, VERDICT_MET);
	assert_at(judge(ledger, "record", "I1", LATER).from, "2026-03-10 10:00");
	assert_at(judge(ledger, "restore-p1", "I2", LATER).to, "2026-03-09 09:00");
	assert_verdict(ledger, "restore-p1", "I3", LATER, VERDICT_MISSED);
}

/* edge case 28 */
static void a_reopened_incident_is_open_although_it_was_closed(void **state) /* edge case 30 */
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"reopen\":{\"within\":\"7d\"},\"targets\":[" RESTORE "]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "reported_at,restored_at,closed_at\n"
	            "I1,登录失败,office,系统故障,电话,P1,2026-03-09 08:00,2026-03-09 09:00,2026-03-09 10:00\n"
	            "I2,登录失败,office,系统故障,电话,P1,2026-03-09 08:00,2026-03-09 09:00,2026-03-09 12:00\n");
	put_records(fixture, "reopenings",
	            "id,incident,at,reason\nR1,I1,2026-03-09 11:00,再次失败\nR2,I2,2026-03-09 11:00,再次失败\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p1", "I1", "2026-03-09 12:00", VERDICT_RUNNING);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MISSED);
	/* Closed again without a second restoration: that time should be there. */
	assert_verdict(ledger, "restore-p1", "I2", LATER, VERDICT_UNKNOWN);
}

static void an_amendment_holds_for_what_begins_after_it(void **state)
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"targets\":[" RESTORE "],\"amendments\":[{\"id\":\"A1\",\"effective\":\"2026-04-01\",\"changes\":{"
	    "\"targets\":[{\"id\":\"restore-p1\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\",\"level\":\"P1\"},"
	    "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"1h\"}],\"end\":[\"restore-p3\"]}}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-31 23:30,2026-04-01 01:00\n" INCIDENT(
	                "I2", "P1") "2026-04-01 00:00,2026-04-01 01:30\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_verdict(ledger, "restore-p1", "I1", LATER, VERDICT_MET);
	assert_verdict(ledger, "restore-p1", "I2", LATER, VERDICT_MISSED);
	assert_null(contract_target(ledger->contract, "restore-p3", day("2026-04-01")));
	/* One reading an incident and target, whatever the number of versions. */
	struct clock_list all = clock_read_all(ledger, ledger->contract->term, at(LATER), fixture->arena);
	assert_int_equal(all.count, 2);
}

/* design 5.3 */
static void a_year_without_a_notice_is_provisional(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[{\"id\":\"plan\",\"clause\":\"A-T8\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"plan_at\",\"within\":\"2wd\"}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD "reported_at\n" INCIDENT("I1", "P1") "2026-12-31 08:00\n" INCIDENT(
	                "I2", "P1") "2026-12-01 08:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_true(judge(ledger, "plan", "I1", "2026-12-31 09:00").provisional);
	assert_false(judge(ledger, "plan", "I2", "2026-12-31 09:00").provisional);
}

static void a_pause_that_goes_on_is_counted_until_now(void **state) /* edge case 12 */
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"targets\":[" RESTORE ","
	             "{\"id\":\"plan\",\"clause\":\"A-T8\",\"for\":{\"type\":\"incidents\"},\"from\":\"reported_at\","
	             "\"to\":\"plan_at\",\"within\":\"2wd\",\"pause\":\"等待采购人授权\"}]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD "reported_at\nI1,登录失败,office,系统故障,电话,P1,2026-03-09 08:00\n");
	put_records(fixture, "pauses",
	            PAUSE_HEAD "P1,I1,2026-03-09 08:10,2026-03-09 08:20,等待采购人授权,采购人代表,\n"
	                       "P2,I1,2026-03-09 09:00,,等待采购人授权,采购人代表,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	assert_int_equal(judge(ledger, "restore-p1", "I1", "2026-03-09 09:30").paused_seconds, 2400);
	/* A clock in working days runs from the second day on, in working hours. */
	assert_int_equal(judge(ledger, "plan", "I1", "2026-03-09 20:00").paused_seconds, 0);
	assert_int_equal(judge(ledger, "plan", "I1", "2026-03-10 10:00").paused_seconds, 3600);
	assert_verdict(ledger, "plan", "I1", "2026-03-10 10:00", VERDICT_PAUSED);
}

static void every_step_is_explained(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[" RESTORE "]");
	put_records(fixture, "incidents",
	            INCIDENT_HEAD
	            "reported_at,restored_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00,2026-03-09 11:00\n");
	struct clock_reading reading = judge(read_sound_ledger(fixture), "restore-p1", "I1", LATER);
	assert_true(reading.step_count >= 4);
	assert_non_null(strstr(reading.steps[0], "P1"));
	assert_non_null(strstr(reading.steps[reading.step_count - 1], "2026-03-09T11:00:00+08:00"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(met_is_at_or_before_the_deadline),
		TEST(what_lies_after_as_of_has_not_happened),
		TEST(a_time_that_should_be_there_is_unknown),
		TEST(only_approved_pauses_inside_the_running_clock_count),
		TEST(a_reason_that_stops_no_clock_is_told),
		TEST(working_time_pauses_only_in_working_hours),
		TEST(limits_differ_on_rest_days),
		TEST(a_clock_may_start_at_a_missed_deadline),
		TEST(what_came_first_may_spare_the_rest),
		TEST(another_partys_cause_is_excluded),
		TEST(what_does_not_count_lacks_nothing),
		TEST(an_agreed_date_is_the_deadline),
		TEST(a_raised_level_counts_from_the_start),
		TEST(a_lowered_level_needs_approval_and_heals_nothing),
		TEST(a_level_raised_after_a_miss_holds),
		TEST(a_reopening_in_time_continues_the_incident),
		TEST(a_reopened_incident_is_open_although_it_was_closed),
		TEST(an_amendment_holds_for_what_begins_after_it),
		TEST(a_year_without_a_notice_is_provisional),
		TEST(a_pause_that_goes_on_is_counted_until_now),
		TEST(every_step_is_explained),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
