"""The chained fact that peers write beside each step, as the floor does: what happened, closed over by SHA-256."""

TABLE = """
create table chain_fact (id bigint generated always as identity primary key, subject text not null, sequence int not null, kind text not null,
    actor_code text not null, happened_at timestamptz not null, body text not null, previous_hash bytea not null, hash bytea not null,
    unique (subject, sequence));
"""
TELL = """
with before as (
    select coalesce(max(sequence), 0) as sequence, coalesce((array_agg(hash order by sequence desc))[1], decode(repeat('00', 32), 'hex')) as hash
    from chain_fact where subject = %(subject)s::text
)
insert into chain_fact (subject, sequence, kind, actor_code, happened_at, body, previous_hash, hash)
select %(subject)s::text, sequence + 1, %(kind)s::text, %(actor)s::text, %(now)s::timestamptz, %(body)s::text, hash,
    sha256(convert_to(concat_ws(E'\\n', encode(hash, 'hex'), %(subject)s::text, (sequence + 1)::text, %(kind)s::text, %(actor)s::text,
        %(now)s::timestamptz::text, %(body)s::text), 'UTF8'))
from before
"""


def told(subject: object, act: str, actor: str, now: object) -> dict[str, object]:
    """What the statement is given."""
    return {
        "subject": str(subject),
        "kind": f"cases.trial.{act}",
        "actor": actor,
        "now": now,
        "body": f'{{"act":"{act}"}}',
    }
