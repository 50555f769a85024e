"""How those who build systems for the phones of others sign them: names of groups, of no person.

Seen in `ro.build.host`, `ro.build.user`, versions and names of products of such systems.
"""

COMMUNITY_NAMES = (
    r"xiaomi\.eu|miui\.eu|miuimix|miui_?mix|mi-globe|eliterom|miuipolska|revolutionos|masikrom"
    r"|lineage|cyanogen|pixelexperience|pixelos|crdroid|evolution_?x|havoc-?os|resurrectionremix"
    r"|omnirom|paranoidandroid|aospextended|aosip|arrowos|blissroms?|derpfest|dotos|corvusos"
    r"|superioros|risingos|voltageos|grapheneos|calyxos|iodeos|divestos|mokee|slimrom|aokp|carbonrom"
    r"|dirtyunicorns|potatoproject|project-?elixir|matrixx|nusantara|cherishos|syberia|statix"
    r"|protonaosp|postmarketos|sailfish|microg|noblerom|dr\.?ketan"
)
"""A regular expression, to be searched in any case; the part that fits names the system."""
