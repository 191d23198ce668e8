"""Registration of the files app."""

from tinhso.platform.capability import Capability


class FilesConfig(Capability):
    """Files kept by content hash."""

    name = "tinhso.platform.files"
    label = "files"
