"""Names in sentences of our own in the manner of news agencies and digests, read with the installed data.

A demonym is written with "~". What is still read wrong is in CHANGELOG.md's known faults.
"""

import pytest

from geo.article import Article
from geo.mentions import find_mentions
from geo.stores.gazetteer import open_gazetteer
from geo.stores.tagger import open_tagger

SENTENCES = [
    (
        "KYIV, Ukraine (AP) — Russian missiles struck Kharkiv on Tuesday, killing at least six people, officials said.",
        "KYIV|Ukraine|~Russian|Kharkiv",
    ),
    ("A drone hit an apartment block in Odesa overnight, regional governor Oleh Kiper said.", "Odesa"),
    (
        "Russian forces advanced near Pokrovsk and Toretsk, the Institute for the Study of War said.",
        "~Russian|Pokrovsk|Toretsk",
    ),
    (
        "Geolocated footage published on March 3 indicates that Russian forces advanced southeast of Kurakhove.",
        "~Russian|Kurakhove",
    ),
    (
        "Ukrainian forces struck an oil depot in Engels, Saratov Oblast, and an airfield near Morozovsk.",
        "~Ukrainian|Engels|Saratov Oblast|Morozovsk",
    ),
    (
        "Moscow said its air defences shot down 37 drones over Belgorod, Bryansk and Kursk regions.",
        "Moscow|Belgorod|Bryansk|Kursk",
    ),
    ("Washington said it would send more Patriot missiles to Kyiv.", "Washington|Kyiv"),
    ("Zelenskiy met Macron in Paris before flying to Berlin and Warsaw.", "Paris|Berlin|Warsaw"),
    (
        "Shelling in Nikopol, across the river from the Zaporizhzhia nuclear plant, wounded a teenager.",
        "Nikopol|Zaporizhzhia",
    ),
    ("Chasiv Yar, a town on high ground west of Bakhmut, has been reduced to rubble.", "Chasiv Yar|Bakhmut"),
    ("Fighting continued in the Serebryansky forest area and near Bilohorivka.", "Serebryansky|Bilohorivka"),
    ("Troops crossed the Oskil River at Dvorichna, Ukraine's General Staff said.", "Oskil River|Dvorichna|Ukraine"),
    (
        "Israeli air strikes on Khan Younis and Rafah killed 24 Palestinians, Gaza health officials said.",
        "~Israeli|Khan Younis|Rafah|~Palestinians|Gaza",
    ),
    ("Tanks pushed deeper into Jabalia in the north of the Gaza Strip, residents said.", "Jabalia|Gaza Strip"),
    (
        "The army ordered people in Beit Lahiya and Beit Hanoun to move south of Wadi Gaza.",
        "Beit Lahiya|Beit Hanoun|Wadi Gaza",
    ),
    ("Settlers torched cars in Huwara, near Nablus in the occupied West Bank.", "Huwara|Nablus|West Bank"),
    (
        "Israeli troops raided Jenin and Tulkarm before dawn, the Palestinian news agency Wafa reported.",
        "~Israeli|Jenin|Tulkarm|~Palestinian",
    ),
    ("Rockets fired from southern Lebanon hit Kiryat Shmona and Metula.", "Lebanon|Kiryat Shmona|Metula"),
    (
        "The Israeli army said it struck Hezbollah positions in Aita al-Shaab and Kfar Kila.",
        "~Israeli|Aita al-Shaab|Kfar Kila",
    ),
    ("UNIFIL said a drone exploded near the Blue Line, close to Naqoura.", "Blue Line|Naqoura"),
    (
        "An air strike on Nabatieh's municipal building killed the mayor, Lebanon's health ministry said.",
        "Nabatieh|Lebanon",
    ),
    ("Smoke rose over Dahiyeh, the southern suburb of Beirut, after the raid.", "Dahiyeh|Beirut"),
    ("The RSF shelled Omdurman's Karari district, residents of Khartoum North said.", "Omdurman|Karari|Khartoum North"),
    ("Drones struck the Ryazan refinery and the Engels air base overnight.", "Ryazan refinery|Engels air base"),
    ("Shells hit the Zaporizhzhia nuclear power plant.", "Zaporizhzhia nuclear power plant"),
    ("Gunmen attacked the al-Omar oil field and Sednaya prison.", "al-Omar oil field|Sednaya prison"),
    ("Rockets hit Ain al-Asad air base, west of Baghdad.", "Ain al-Asad air base|Baghdad"),
    ("A blast tore through the Antonivka bridge and a bridge near Kherson.", "Antonivka bridge|Kherson"),
    ("Fighters of the Rapid Support Forces overran Zamzam camp, south of El Fasher.", "Zamzam|El Fasher"),
    ("Sudan's army retook Wad Madani, the capital of Gezira state.", "Sudan|Wad Madani|Gezira"),
    ("Drones hit Port Sudan for a third day, setting fuel depots ablaze.", "Port Sudan"),
    ("Paramilitaries looted En Nahud in West Kordofan, the Sudan Doctors Network said.", "En Nahud|West Kordofan"),
    ("M23 rebels seized Masisi and Minova and moved towards Goma.", "Masisi|Minova|Goma"),
    ("Residents of Sake, a town 25 km west of Goma, heard gunfire all night.", "Sake|Goma"),
    ("The rebels halted halfway between Goma and Sake, a UN source said.", "Goma|Sake"),
    ("Kinshasa accused Kigali of sending troops into North Kivu.", "Kinshasa|Kigali|North Kivu"),
    ("ADF fighters killed 40 villagers near Beni and Oicha, officials in Ituri said.", "Beni|Oicha|Ituri"),
    ("Clashes in Bunia and Mongbwalu displaced 10,000, OCHA said.", "Bunia|Mongbwalu"),
    ("Jihadists attacked an army base in Djibo, Burkina Faso, killing dozens.", "Djibo|Burkina Faso"),
    ("JNIM claimed the attack on Farabougou in Mali's Segou region.", "Farabougou|Mali|Segou"),
    (
        "Gunmen on motorcycles raided Tillaberi, near Niger's borders with Mali and Burkina Faso.",
        "Tillaberi|Niger|Mali|Burkina Faso",
    ),
    ("Nigerian troops killed bandits in Zamfara and Katsina, Abuja said.", "~Nigerian|Zamfara|Katsina|Abuja"),
    ("Boko Haram fighters burned houses in Rann and Dikwa in Borno State.", "Rann|Dikwa|Borno State"),
    ("Malian soldiers and Wagner fighters entered Kidal and Tessalit.", "~Malian|Kidal|Tessalit"),
    ("Chad's army struck islands on Lake Chad after the raid on Barkaram.", "Chad|Lake Chad|Barkaram"),
    ("Myanmar's junta bombed Lashio and Kyaukme in Shan State.", "Myanmar|Lashio|Kyaukme|Shan State"),
    (
        "Air strikes in Sagaing's Kanbalu township killed children, the BBC's Burmese service said.",
        "Sagaing|Kanbalu|~Burmese",
    ),
    ("KNLA fighters crossed the Moei River near Mae Sot, Thailand.", "Moei River|Mae Sot|Thailand"),
    (
        "Azerbaijan said Armenian forces fired on positions in Lachin and Kalbajar.",
        "Azerbaijan|~Armenian|Lachin|Kalbajar",
    ),
    ("Shots were fired on the Armenia-Azerbaijan border near Sotk.", "Armenia|Azerbaijan|Sotk"),
    ("Yerevan and Baku traded blame over the shelling of Jermuk and Goris.", "Yerevan|Baku|Jermuk|Goris"),
    (
        "Russian peacekeepers left Stepanakert, known as Khankendi to Azerbaijan.",
        "~Russian|Stepanakert|Khankendi|Azerbaijan",
    ),
    (
        "Georgia's opposition rallied in Tbilisi; police used tear gas on Rustaveli Avenue.",
        "Georgia|Tbilisi|Rustaveli Avenue",
    ),
    (
        "Troops took positions in Tskhinvali and Gori during the 2008 war, and Abkhazia followed.",
        "Tskhinvali|Gori|Abkhazia",
    ),
    ("Syrian rebels captured Saraqib and cut the M5 highway to Damascus.", "~Syrian|Saraqib|Damascus"),
    ("Opposition forces entered Aleppo, Maarat al-Numan and Khan Sheikhoun.", "Aleppo|Maarat al-Numan|Khan Sheikhoun"),
    ("Turkish-backed fighters shelled Manbij and Ain Issa, the SDF said.", "~Turkish|Manbij|Ain Issa"),
    (
        "Israel bombed Mezzeh airport and the town of Al-Kiswah, Syrian state media said.",
        "Israel|Mezzeh airport|Al-Kiswah|~Syrian",
    ),
    ("Kurdish forces held Qamishli and Hasakah, north of Deir al-Zor.", "~Kurdish|Qamishli|Hasakah|Deir al-Zor"),
    ("Sectarian fighting in Sweida and in Jaramana left 30 dead.", "Sweida|Jaramana"),
    (
        "The Houthis fired missiles from Hodeidah at ships in the Red Sea and the Bab al-Mandab strait.",
        "Hodeidah|Red Sea|Bab al-Mandab",
    ),
    ("US warplanes struck Ras Isa and Saada, Yemen's Houthi-run Al Masirah TV said.", "US|Ras Isa|Saada|Yemen"),
    ("Marib and Taiz remain front lines, the UN envoy told the Security Council in New York.", "Marib|Taiz|New York"),
    ("The Bank of England left rates unchanged, while Turkey's central bank cut them.", "Turkey"),
    ("Paris Hilton and Jordan Peele declined to comment.", ""),
    ("The Washington Post and The New York Times reported the deal.", ""),
    ("They ate turkey and sandwiches on Thanksgiving in Turkey, Texas.", "Turkey|Texas"),
    ("Mr. London, a spokesman, met Ms. Sydney Sweeney and Sen. Lincoln Chafee.", ""),
    ("Georgia Meloni's name is often misspelt; Italy's Giorgia Meloni laughed.", "Italy"),
    ("RUSSIA STRIKES KYIV AS TALKS STALL IN ISTANBUL", "RUSSIA|KYIV|ISTANBUL"),
    ("ISRAEL BOMBS SOUTHERN LEBANON, KILLING 12", "ISRAEL|SOUTHERN LEBANON"),
    ("US, China Agree to Talks in Geneva", "US|China|Geneva"),
    ("EU leaders meet in Brussels to discuss Ukraine's membership", "EU|Brussels|Ukraine"),
    (
        "GOMA, Democratic Republic of Congo, Jan 27 (Reuters) - Rwandan-backed rebels marched into Goma.",
        "GOMA|Democratic Republic of Congo|~Rwandan|Goma",
    ),
    ("BEIRUT/JERUSALEM, Oct 1 (Reuters) - Israeli troops crossed into Lebanon.", "BEIRUT|JERUSALEM|~Israeli|Lebanon"),
    (
        "PESHAWAR, Pakistan — A suicide bomber hit a mosque in Bannu, Khyber Pakhtunkhwa.",
        "PESHAWAR|Pakistan|Bannu|Khyber Pakhtunkhwa",
    ),
    ("Fighting was reported in Sumy, Chernihiv, Kherson and Mykolaiv oblasts.", "Sumy|Chernihiv|Kherson|Mykolaiv"),
    (
        "Forces from Ethiopia's Amhara region clashed with Tigrayan troops near Alamata and Korem.",
        "Ethiopia|Amhara|Alamata|Korem",
    ),
    ("Eritrea and Djibouti closed their borders, Addis Ababa said.", "Eritrea|Djibouti|Addis Ababa"),
    ("In Cabo Delgado, insurgents attacked Macomia and Mocimboa da Praia.", "Cabo Delgado|Macomia|Mocimboa da Praia"),
    (
        "Taliban officials in Kandahar and Spin Boldak said Pakistani jets struck Paktika.",
        "Kandahar|Spin Boldak|~Pakistani|Paktika",
    ),
    ("India and Pakistan exchanged fire along the Line of Control near Poonch and Uri.", "India|Pakistan|Poonch|Uri"),
    ("The Pentagon and the White House denied the report.", ""),
    ("The Kremlin said Vladimir Putin would visit North Korea, not South Korea.", "North Korea|South Korea"),
    ("NATO's Mark Rutte spoke in The Hague with Ursula von der Leyen.", "The Hague"),
    (
        "Colombia's ELN attacked police in Tibú, Catatumbo, near the border with Venezuela.",
        "Colombia|Tibú|Catatumbo|Venezuela",
    ),
    (
        "Serbian and Kosovar officials met in Ohrid; shots rang out in Banjska and Zvecan.",
        "~Serbian|~Kosovar|Ohrid|Banjska|Zvecan",
    ),
    (
        "China's coast guard rammed a Philippine boat at Second Thomas Shoal in the Spratly Islands.",
        "China|~Philippine|Second Thomas Shoal|Spratly Islands",
    ),
    (
        "North Korean troops fought in Kursk Oblast's Sudzha and Malaya Loknya.",
        "~North Korean|Kursk Oblast|Sudzha|Malaya Loknya",
    ),
    ("The Litani River marks the line behind which Hezbollah must withdraw.", "Litani River"),
    ("Shells landed in Majdal Shams in the Israeli-occupied Golan Heights.", "Majdal Shams|~Israeli|Golan Heights"),
    (
        "Iranian drones hit Erbil in Iraq's Kurdistan region, and a base at Ain al-Asad.",
        "~Iranian|Erbil|Iraq|Kurdistan|Ain al-Asad",
    ),
    ("The front runs from Kupiansk through Kreminna and Siversk to Vuhledar.", "Kupiansk|Kreminna|Siversk|Vuhledar"),
    (
        "Chief of Staff Herzi Halevi toured the Philadelphi Corridor and the Netzarim Corridor.",
        "Philadelphi Corridor|Netzarim Corridor",
    ),
    ("A convoy left Al-Dabbah for Dongola on Monday, said Mohammed Hamdan Dagalo's office.", "Al-Dabbah|Dongola"),
    (
        "Kyiv's mayor Vitali Klitschko reported explosions in the Solomianskyi and Holosiivskyi districts.",
        "Kyiv|Solomianskyi|Holosiivskyi",
    ),
    (
        "Ukraine's 47th Mechanised Brigade withdrew from Novobakhmutivka after weeks of assaults.",
        "Ukraine|Novobakhmutivka",
    ),
    ('"They came at night," said Halyna, 61, who left Hroza with nothing but her cat.', "Hroza"),
    ("Officials in Rostov and Voronezh reported debris falling on warehouses.", "Rostov|Voronezh"),
    (
        "Sirens sounded in Haifa, Acre and across the Galilee after a barrage from Lebanon.",
        "Haifa|Acre|Galilee|Lebanon",
    ),
    (
        "Medics said 11 bodies had been brought to Nasser Hospital in Khan Younis since morning.",
        "Nasser Hospital|Khan Younis",
    ),
    (
        "Hezbollah said it fired at troops near Maroun al-Ras; the Israeli "
        "military said it had killed a commander in Tyre.",
        "Maroun al-Ras|~Israeli|Tyre",
    ),
    ("In Wau, South Sudan, soldiers loyal to Riek Machar clashed with government forces.", "Wau|South Sudan"),
    (
        "The Sudanese army and the RSF have fought over El Obeid, Babanusa and Kadugli for months.",
        "~Sudanese|El Obeid|Babanusa|Kadugli",
    ),
    (
        "Uvira, on the shore of Lake Tanganyika opposite Bujumbura, remained in government hands.",
        "Uvira|Lake Tanganyika|Bujumbura",
    ),
    ("Burundian troops pulled back across the Ruzizi River, two diplomats said.", "~Burundian|Ruzizi River"),
    ("At least 30 soldiers died in an ambush near Boulsa in north-central Burkina Faso.", "Boulsa|Burkina Faso"),
    ("The junta in Bamako blamed Algiers for the drone shot down near Tinzaouaten.", "Bamako|Algiers|Tinzaouaten"),
    ("Gunmen abducted schoolgirls in Maga, Kebbi State, police in northwest Nigeria said.", "Maga|Kebbi State|Nigeria"),
    ("Ten people were killed in Mopti and Bandiagara, a local official told AFP.", "Mopti|Bandiagara"),
    ("Junta aircraft bombed a monastery in Sagaing Township, northwest of Mandalay.", "Sagaing Township|Mandalay"),
    ("Fighters cut the highway between Loikaw and Hpruso.", "Loikaw|Hpruso"),
    (
        "Armenia's Nikol Pashinyan said the road through Syunik would stay under Yerevan's control.",
        "Armenia|Syunik|Yerevan",
    ),
    (
        "Azerbaijan accused Armenia of firing from the direction of Vardenis towards Kalbajar district.",
        "Azerbaijan|Armenia|Vardenis|Kalbajar",
    ),
    ("Protesters in Sokhumi stormed parliament, Abkhaz media reported.", "Sokhumi|~Abkhaz"),
    ("Jolani, now Syria's president Ahmed al-Sharaa, visited Latakia and Tartus.", "Syria|Latakia|Tartus"),
    ("Turkish drones hit SDF positions near Kobani and the Tishrin Dam.", "~Turkish|Kobani|Tishrin Dam"),
    (
        "A missile launched from Yemen landed near Ben Gurion Airport, outside Tel Aviv.",
        "Yemen|Ben Gurion Airport|Tel Aviv",
    ),
    ("Government forces hold Mocha and Khokha; the Houthis hold Ibb and Dhamar.", "Mocha|Khokha|Ibb|Dhamar"),
    ("Al Shabaab briefly seized Moqokori in Hiran, army officer Hussein Adan said.", "Moqokori|Hiran"),
    (
        "Ethiopian federal troops and Fano militias fought around Debre Tabor and Woldiya.",
        "~Ethiopian|Debre Tabor|Woldiya",
    ),
    (
        "Haitian gangs torched homes in Kenscoff and Mirebalais, said Jimmy Cherizier's rivals.",
        "~Haitian|Kenscoff|Mirebalais",
    ),
    (
        "Pakistan's army said 12 militants were killed in Datta Khel, North Waziristan.",
        "Pakistan|Datta Khel|North Waziristan",
    ),
    (
        "Islamabad and Kabul agreed a truce in Doha after border clashes at Chaman and Torkham.",
        "Islamabad|Kabul|Doha|Chaman|Torkham",
    ),
    ("Indian soldiers shot two men in Kulgam, Jammu and Kashmir.", "~Indian|Kulgam|Jammu and Kashmir"),
    ("London and Paris urged restraint, while Tehran vowed revenge.", "London|Paris|Tehran"),
    (
        "Brussels, Berlin and Rome said the EU would act; Beijing and Moscow abstained at the UN.",
        "Brussels|Berlin|Rome|EU|Beijing|Moscow",
    ),
    ("Police in Dallas said Dallas Cooper, 22, of Houston, was charged.", "Dallas|Houston"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_conflict_news_names_these_places_and_no_more(text: str, expected: str) -> None:
    found = find_mentions(Article(text=text), gazetteer=open_gazetteer(), tagger=open_tagger(open_gazetteer()))
    assert "|".join(("~" if one.demonym else "") + one.text for one in found) == expected
