"""The disk, the libraries that open papers, the layout of documents."""

from tinhso.platform.files.adapters.disk import ContentStore, content_store
from tinhso.platform.files.adapters.documents import DocumentError, qr_svg, render_document
from tinhso.platform.files.adapters.inspection import Inspected, inspect

__all__ = ["ContentStore", "DocumentError", "Inspected", "content_store", "inspect", "qr_svg", "render_document"]
