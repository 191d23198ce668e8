"""The facts this app writes to the ledger, by wire name. Their bodies hold codes and moments, never a name or a number."""

PERSON_REGISTERED = "people.person.registered"
PERSON_IDENTIFIED = "people.person.identified"
ORGANISATION_REGISTERED = "people.organisation.registered"
OFFICER_REGISTERED = "people.officer.registered"
PASSWORD_ISSUED = "people.password.issued"  # noqa: S105 - the name of a fact
PASSWORD_CHOSEN = "people.password.chosen"  # noqa: S105 - the name of a fact
FACTORS_REMOVED = "people.factors.removed"
POST_TAKEN = "people.post.taken"
TITLE_GIVEN = "people.post.titled"
POST_ENDED = "people.post.ended"
DELEGATION_GRANTED = "people.delegation.granted"
DELEGATION_REVOKED = "people.delegation.revoked"
SIGHT_RECORDED = "people.sight.recorded"
