"""Armed groups whose name is no name of a place and needs no word like "rebels" beside it; data, a reference a row.

The references say where a group is listed or reported on; they were written down without opening the documents.
"""

from dataclasses import dataclass

_EU_LIST = "EU Common Position 2001/931/CFSP, list of its article 1"
_CONGO = "UN Security Council, sanctions list of resolution 1533 (2004)"
_QAIDA = "UN Security Council, sanctions list of resolutions 1267 (1999) and 2253 (2015)"
_SYRIA = "UN Commission of Inquiry on Syria, A/HRC/37/72 (2018)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmedGroup:
    """A group as maps name it, its other names in articles, and a public record that names it."""

    name: str
    also: tuple[str, ...] = ()
    reference: str


ARMED_GROUPS: tuple[ArmedGroup, ...] = (
    ArmedGroup(name="ADF", reference=_CONGO),
    ArmedGroup(name="Arakan Army", reference="UN Fact-Finding Mission on Myanmar, A/HRC/39/64 (2018)"),
    ArmedGroup(name="Boko Haram", reference=_QAIDA),
    ArmedGroup(name="CODECO", reference="UN Group of Experts on the Congo, S/2022/479"),
    ArmedGroup(name="ELN", reference=_EU_LIST),
    ArmedGroup(name="FARC", reference="Final Agreement with the Government of Colombia, 24 November 2016"),
    ArmedGroup(name="FDLR", reference=_CONGO),
    ArmedGroup(name="Fano", reference="UN Commission of Human Rights Experts on Ethiopia, A/HRC/54/55 (2023)"),
    ArmedGroup(name="HTS", reference=_QAIDA),
    ArmedGroup(name="Hamas", reference=_EU_LIST),
    ArmedGroup(
        name="Hezbollah", also=("Hizbollah", "Hizbullah"), reference="UN Security Council resolution 1701 (2006)"
    ),
    ArmedGroup(name="Houthis", also=("Houthi",), reference="UN Security Council resolution 2624 (2022)"),
    ArmedGroup(name="ISIS", reference=_QAIDA),
    ArmedGroup(name="Islamic Jihad", reference=_EU_LIST),
    ArmedGroup(name="Islamic State", reference=_QAIDA),
    ArmedGroup(name="JNIM", reference=_QAIDA),
    ArmedGroup(name="M23", reference=_CONGO),
    ArmedGroup(name="PKK", reference=_EU_LIST),
    ArmedGroup(name="Rapid Support Forces", also=("RSF",), reference="UN Security Council resolution 2736 (2024)"),
    ArmedGroup(name="SDF", reference=_SYRIA),
    ArmedGroup(name="TPLF", reference="Agreement for Lasting Peace with the Government of Ethiopia, 2 November 2022"),
    ArmedGroup(name="Taliban", reference="UN Security Council resolution 1988 (2011)"),
    ArmedGroup(name="Wagner", reference="EU Council Decision (CFSP) 2021/2197"),
    ArmedGroup(name="Wazalendo", reference="UN Group of Experts on the Congo, S/2024/432"),
    ArmedGroup(name="YPG", reference=_SYRIA),
    ArmedGroup(name="al-Qaeda", also=("Al-Qaeda", "al-Qaida", "Al-Qaida"), reference=_QAIDA),
    ArmedGroup(
        name="al-Shabaab",
        also=("Al-Shabaab",),
        reference="UN Security Council, sanctions list of resolution 751 (1992)",
    ),
)
NAMES = {name: group.name for group in ARMED_GROUPS for name in (group.name, *group.also)}
