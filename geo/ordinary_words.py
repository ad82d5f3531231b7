"""Words that look like places and mostly are not: data for telling them apart, one list a purpose."""

from typing import Final

# Words of headlines, titles and page furniture that are also towns or villages somewhere. Kept in lower case.
ORDINARY: Final[frozenset[str]] = frozenset(
    """
    a about above after again all also an and any april are army as associated at august authority ave avenue away
    back bank bar battle bay be bell best big bishop black bloomberg blue board book both bridge brown but by call
    camp can cap car cave center central centre chief church city close club coast college commission committee
    congress constitution corner corps council county court cross crown date dawn day december defence defense
    democrat department deputy desert director district division do doctor during early earth east eastern editor
    eight election emergency energy english europe-wide every fair father february federal field fire first five
    force forces foreign forest former four freedom friday friday's friend from front full general globe going gold
    golden good governor grand great green group guard had hall harbor has have he head health her here high hill
    him his home hope hospital house how i if image in independence independent industry inside intelligence
    interior international islam it its january journal judge july june just justice key king lake land large last
    law leader least left less liberty library life like little live local long lord love many march marine market
    mass may mayor media meeting mercury military mine minister ministry mission mobile monday monday's more morning
    most mother mount much museum my national navy near never new news next night nine no normal north northern not
    november now october of off office official oil old on once one only opera opposition or order other our out
    over page palace park parliament part party patriot peace people plain plant point police politico pool pope
    port post power premier president press price prime prince princess progress project province public queen read
    reading real reason red region report reports republic republican reserve reuters rights river road rock royal
    russia-linked same sandy saturday saturday's school science sea second secretary security see senate september
    service seven several shadow she should side sign since six small so social some son south southern speaker
    special spring square staff star start state states station stone story street such sun sunday sunday's supreme
    table ten than that the their them then there these they third this those three through thursday thursday's time
    times to today top tower town trade treasury troops truce tuesday tuesday's two under union united university up
    updates us valley very vice victory village voice wall war was water way we wednesday wednesday's week well were
    west western what when where which while white who why will winter with without woman wood world would year
    years yes you young your youth zone
    """.split()
)

# Given names that are also well-known places: alone they are places, before a surname they are not.
GIVEN_NAMES: Final[frozenset[str]] = frozenset(
    """
    adrian alexander alexandria amber angela anita antonio antony arthur ashley austin ben betty beverly bill bob
    brad brandon brooklyn bruce bryan carmen carol carson casey chad charles charlotte chelsea chris christian
    christina clara clay cleveland clinton cody cole colin craig crystal dakota dale dallas daniel darwin dave david
    dean denver diana don douglas dustin dylan earl eden edward elizabeth emma eric ernest eva evans faith florence
    francis francisco frank franklin fred gary george georgia gerald glen gordon grace graham grant greg hamilton
    harold harrison harry heather helen henry holland holly houston howard hugh hunter ian india ingrid ireland
    irene iris isabel israel jack jackson jacob james jamie jane jason jay jean jefferson jerome jim joan john
    jordan jose joseph joshua juan julia justin karen kelly ken kenneth kent kenya kevin kim kurt kyle lance laura
    lauren lawrence lee leo leon leonard lewis lily lincoln linda lisa logan london lorraine louis lourdes lucy luis
    luke lydia lyon madison mali malik marco marcos maria marie marina mario mark marshall martin mary mason matthew
    maya melbourne mercedes michael mike milan miles milton mitchell montana montgomery morgan nancy naomi natalia
    neil nelson nick nicolas nina noah nora norman olga oliver orlando oscar owen pablo paris parker patricia
    patrick paul pedro perry peter phil philip phoenix pierre porter preston quincy ralph ramon randolph raymond
    regina rex rhodes ricardo richard rick robert robin robinson rochester roger roman ron rosa rose ross roy ruby
    russell ryan salvador sam samara samson samuel san santiago santos sara savannah scott sean sebastian selma
    shannon sharon shawn shelby sheldon sidney sierra simon sofia sophia stanley stella stephen steve steven stuart
    susan sydney taylor teresa terry thomas tiffany tim todd tom tony tracy travis troy tyler valencia valentina
    vanessa vera vernon victor victoria vienna vincent virginia wallace walter warren washington wayne wendy wesley
    wilson winston wyatt yvonne zara
    """.split()
)

# After one of these comes a person, seldom a place ("President Lincoln", "Mr. Washington").
TITLES: Final[frozenset[str]] = frozenset(
    """
    actor actress adm admiral attorney ayatollah capt captain chancellor cmdr coach col colonel commander
    congressman congresswoman cpl dame deputy detective dr fr gen general imam judge justice king king's lady
    lieutenant lord lt maj major minister miss mr mrs ms officer pastor pope premier president prince princess prof
    pvt queen rep representative rev secretary sen senator sergeant sgt sheikh sheriff sir spokesman spokesperson
    spokeswoman trooper
    """.split()
)

# Bodies of a state: "the US State Department" still talks about the US, "Washington Post" not about Washington.
STATE_BODIES: Final[frozenset[str]] = frozenset(
    """
    administration agency air ambassador armed army authorities cabinet congress consulate court defence defense
    department embassy federal forces foreign government house intelligence interior justice marine marines military
    ministry national navy parliament police president security senate special state supreme treasury troops under
    """.split()
)

# What news names beside places, and taggers and gazetteers take for one: forces, the president's house, weather.
NO_PLACES: Final[frozenset[str]] = frozenset(
    name.replace("_", " ")
    for name in """
    houthi houthis hezbollah hizbollah hizbullah hamas taliban daesh isis isil al-qaeda fatah pkk ypg sdf rsf jnim m23
    adf unifil unhcr unicef nato idf nafta opec asean ecowas el_niño el_nino la_niña la_nina white_house oval_office
    west_wing boko_haram al_shabaab al-shabaab key key_town key_city key_village border_town
    """.split()
)
