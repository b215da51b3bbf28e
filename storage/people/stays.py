"""What every table keeps, what becomes of it when somebody sends without a name, and who of the office sees it.

The wipe (storage/tickets/anonymity.py) takes its columns from here, and docs/what-stays.md is written from it, so that
neither can say anything else than the other. A test compares it with the tables there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

UNTOUCHED = "nothing of it is there"
OFFICE, WATCH, ADMIN = "every officer", "officers on duty and approvers", "administrators, on the machine"
NOBODY = "nobody; whoever has the database"


@dataclass(frozen=True, slots=True)
class Stays:
    """One table. `columns` names all of them; `emptied` gives those that are wiped, with what is put in their place."""

    what: str
    columns: str
    seen_by: str
    unnamed: str = UNTOUCHED
    emptied: Mapping[str, str] = field(default_factory=dict)


TABLES: Mapping[str, Stays] = {
    "people": Stays(
        "everybody who agreed, by name once they gave one; the hour they began, a day later only the day (on WhatsApp "
        "the second, a week later only the day)",
        "id name language created_at stopped_at erased_at",
        f"names: {OFFICE}",
        "stays; no ticket points to it",
    ),
    "consents": Stays(
        "which notice somebody agreed to, and the hour, a day later only the day",
        "id person_id version channel given_at withdrawn_at",
        NOBODY,
        "stays: somebody who agreed in the same days and of whom no message is kept may be whoever wrote",
    ),
    "chats": Stays(
        "addresses at the messengers, the hour of the last message that is kept (older than a day: the day), what "
        "stands on the screen",
        "channel address person_id seen_at unreachable_at screen closed_at used",
        f"that and how somebody can be reached: {OFFICE}",
        "the hour is set back to that of the newest message still kept; without any, to when the person began",
    ),
    "roles": Stays("who is an officer", "person_id role since", OFFICE),
    "join_codes": Stays(
        "hashes, under the office's key, of codes that make somebody an officer",
        "hash role made_at expires_at used_at used_by",
        NOBODY,
    ),
    "link_codes": Stays(
        "hashes, under the office's key, of codes that link two messengers",
        "id hash person_id channel made_at expires_at asked_by asked_from wished_at closed_at",
        NOBODY,
    ),
    "guesses": Stays(
        "that somebody typed a code that does not hold, whichever kind, and the hour",
        "person_id at",
        NOBODY,
        "a mistyped code counts like every other wrong code",
    ),
    "merges": Stays(
        "two records that are one person, and what moved",
        "id kept_id merged_id at reason moved aside undone_at",
        NOBODY,
    ),
    "organisations": Stays(
        "the register of ormas",
        "id name kind field kecamatan added_by added_at number expires_on chair secretary treasurer term_from "
        "term_until address phone email",
        OFFICE,
    ),
    "organisation_tags": Stays("further fields of an ormas", "organisation_id place field", OFFICE),
    "memberships": Stays(
        "who leads which ormas",
        "id person_id organisation_id position added_at verified_at verified_by refused_at ended_at",
        OFFICE,
    ),
    "corrections": Stays(
        "what leaders say should stand in the register",
        "id organisation_id person_id fact value proposed_at accepted_at refused_at decided_by reason",
        OFFICE,
    ),
    "ready_papers": Stays(
        "papers ticked as ready", "id person_id organisation_id checklist paper at", "whoever ticked them"
    ),
    "inbox": Stays(
        "what came in, byte for byte, for some days; of its number at the messenger a hash",
        "id channel key raw received_at address done_at parked_at fault",
        ADMIN,
        "emptied, from a day before the form on; that something came stays, with the hour",
        {"raw": ":nothing", "address": "NULL", "received_at": ":hour", "done_at": ":hour", "parked_at": "NULL"},
    ),
    "outbox": Stays(
        "what went out: words and address for some days, how it ended",
        "id channel address kind priority body written_at due_at expires_at attempts unknowns claimed_at settled_at "
        "outcome reason receipt subject topic form state state_at retold_at recipient_id",
        ADMIN,
        "answers are emptied, from a day before the form on; notices the office started stay",
        {"body": "''", "address": "''", "receipt": "NULL", "written_at": ":hour", "due_at": ":hour"}
        | {"claimed_at": "NULL", "settled_at": ":hour", "state_at": "NULL"},
    ),
    "early_statuses": Stays(
        "statuses that came before we knew what they are about, for some days",
        "id channel receipt state at kept_at",
        NOBODY,
    ),
    "transcript": Stays(
        "lines of our own page",
        "id address mine body key at",
        "whoever holds the cookie of that page",
        "deleted, from a day before the form on; the line with the code after ten minutes",
    ),
    "drafts": Stays(
        "answers of forms that are not sent yet",
        "id person_id form about answers editing opened_at touched_at nudged_at",
        "whoever fills them in",
        "deleted with the sending; until then they stand here beside the person",
    ),
    "attachments": Stays(
        "files somebody sent that belong to no ticket yet, and letters",
        "id person_id channel address remote name type size received_at due_at attempts stored_at sha256 refused_at "
        "reason purpose note seconds preview",
        f"letters: {OFFICE}",
        "handed over to the ticket as soon as the file is fetched, and deleted here; of a form that was left a day "
        "after it",
    ),
    "tickets": Stays(
        "reports, suggestions, clarifications, talks: what was sent, where it stands",
        "id code kind privacy person_id organisation_id kecamatan field level period title facts secret_hash "
        "check_code opened_at respond_by due_at responded_at assigned_to wanted_by asked_at asked_for verified_at "
        "verified_by merged_into closed_at closed_by result reopened rating rated_round emptied_at",
        f"{OFFICE}; situation reports and hidden names: {WATCH}",
        "words, place and level as they were written, the hour, a number drawn by lot, the hash of the code under the "
        "office's key; no person, no ormas, no field. Emptied when its time is over",
    ),
    "ticket_events": Stays(
        "what happened to a ticket",
        "id ticket_id at officer_id what words inside",
        f"{OFFICE}, and whoever sent it, without remarks among officers",
        "replies with the code, in their words and with their time; nobody is named who is no officer",
    ),
    "ticket_files": Stays(
        "files of a ticket",
        "id ticket_id event_id number place attachment_id name type size seconds sha256 preview note reason at "
        "again_at",
        f"{OFFICE}; of situation reports: {WATCH}",
        "a name of ours and no time; of pictures, PDF, Word, Excel and MP4 only what does not tell of place, time, "
        "camera and author; of other kinds what was sent",
    ),
    "talks": Stays("who talks with an officer just now", "person_id ticket_id since", NOBODY),
    "canned_replies": Stays(
        "prepared replies", "id kind moment title words written_by written_at removed_at", OFFICE
    ),
    "mutes": Stays("who was asked to wait, by whom and why", "id person_id until why muted_by at lifted_at", OFFICE),
    "meetings": Stays(
        "requests and meetings",
        "id code person_id organisation_id purpose host topic attendees head_count access letter_id starts_at ends_at "
        "requested_at sequence assigned_to approved_at approved_by proposed_at proposed_start proposed_end rejected_at "
        "cancelled_at confirmed_at held_at missed_at minutes",
        OFFICE,
    ),
    "slots": Stays("hours that are taken", "host starts_at ends_at meeting_id", OFFICE),
    "history": Stays("what happened to a meeting", "id meeting_id at person_id what why", OFFICE),
    "promises": Stays(
        "what was promised at a meeting", "id meeting_id what who due_on made_at made_by kept_at kept_by", OFFICE
    ),
    "reminders": Stays(
        "timers; of a ticket by its number",
        "id kind subject_id basis due_at done_at outcome",
        NOBODY,
        "the ticket's number, when an answer is due, counted from the full hour, and when officers are told, by lot",
    ),
    "audit": Stays(
        "what officers did",
        "id at person_id role what subject why",
        ADMIN,
        "what officers do with the ticket; nothing of the sender",
    ),
    "preferences": Stays(
        "what somebody wants and does not want", "id person_id topic wanted said channel at", NOBODY
    ),
    "broadcasts": Stays(
        "announcements",
        "id code check_code version replaces_id repeats_id follows_id withdraws topic title body question options "
        "segment starts_at expires_at repeat source written_by written_at submitted_at hash override_by override_why "
        "approved_at approved_by returned_at rejected_at decided_by note urgent_why reviewed_at reviewed_by review "
        "plan planned_upto started_at listed_upto listed listed_at paused_at paused_why paused_by excused cancelled_at "
        "cancelled_why cancelled_by finished_at progress",
        OFFICE,
    ),
    "broadcast_files": Stays("files of announcements", "broadcast_id place name type size sha256", OFFICE),
    "recipients": Stays(
        "whom an announcement reached, what they answered, and the hour in which their messenger said that it was read",
        "id person_id broadcast_id channel address queued_at parcel_id settled_at outcome reason delivered_at read_at "
        "answer answered_at edited_at",
        OFFICE,
        "stays: it tells that somebody looked at an announcement, not that they wrote",
    ),
    "segments": Stays("saved choices of recipients", "id name expression written_by written_at removed_at", OFFICE),
    "stages": Stays(
        "the calendar of an election",
        "id name kind starts_on ends_on source announced_by version removed_at",
        "everybody",
    ),
    "neutral_names": Stays(
        "names of parties and candidates, and what else they are called", "id name removed_at alias_of", OFFICE
    ),
    "jobs": Stays(
        "pictures and tables officers asked for",
        "id kind person_id arguments asked_at due_at attempts done_at outcome",
        "whoever asked",
    ),
    "made_files": Stays("what came of it", "job_id sha256 wanted_at", "whoever asked"),
    "messengers": Stays(
        "which messengers are served", "name per_second reach window_hours edits seen_at", NOBODY
    ),
    "counters": Stays("the last number of meetings", "name last", NOBODY),
    "migrations": Stays("which scripts have run", "number name sha256", NOBODY),
    "pulse": Stays("a row written and read back, which proves that the database works", "id proof", NOBODY),
    "web_keys": Stays("what the cookies of our page are signed with", "name key made_at", NOBODY),
    "chat_guesses": Stays(
        "that a wrong code was typed in a chat, of which a hash is kept, and the hour",
        "chat at",
        NOBODY,
        "a mistyped code counts like every other wrong code",
    ),
    "told": Stays(
        "who hears when a notice does not arrive", "parcel_id officer_id about at put_off_at closed_at", NOBODY
    ),
    "proposals": Stays(
        "public words that wait for a second person, or waited, and who decided",
        "id kind subject_id facts proposed_by proposed_at approved_at returned_at decided_by note",
        OFFICE,
    ),
    "returned_versions": Stays(
        "what an announcement said when it was returned", "broadcast_id version content", OFFICE
    ),
    "alarms": Stays("what a messenger told of the office's own account", "what told_at", ADMIN),
    "approved_words": Stays(
        "words a messenger approved", "name language status category answer answered_at", ADMIN
    ),
}  # fmt: skip


def emptied(table: str) -> str:
    """The SET clause of the wipe."""
    return ", ".join(f"{column} = {value}" for column, value in TABLES[table].emptied.items())
