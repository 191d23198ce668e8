"""Registration of the indicators app."""

from tinhso.platform.capability import Capability


class IndicatorsConfig(Capability):
    """Warehouse and indicators."""

    name = "tinhso.modules.insight.indicators"
    label = "indicators"
