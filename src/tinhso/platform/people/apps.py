"""Registration of the people app."""

from tinhso.platform.capability import Capability


class PeopleConfig(Capability):
    """Persons, officers, sign-in, roles, who looked at what."""

    name = "tinhso.platform.people"
    label = "people"
