"""Registration of the files app."""

from collections.abc import Collection

from tinhso.platform.capability import Capability


class FilesConfig(Capability):
    """Files kept by content hash."""

    name = "tinhso.platform.files"
    label = "files"

    def files_in_use(self, hashes: Collection[str]) -> set[str]:  # noqa: ARG002 - of others' references only
        """None: that a file is kept is no reason to keep it."""
        return set()
