"""Where newspapers are at home: a reader of the Paris News of Texas knows which Paris is meant."""

from typing import Final
from urllib.parse import urlsplit

from geo.geodesy import LonLat

Home = tuple[LonLat | None, str | None]  # where a publisher is at home: town, country

# host name: longitude and latitude of the town, country; towns as known to their own mastheads
OUTLETS: Final[dict[str, tuple[float, float, str]]] = {
    "abc7ny.com": (-74.01, 40.71, "US"), "accesswdun.com": (-83.82, 34.30, "US"), "ajc.com": (-84.39, 33.75, "US"),
    "al.com": (-86.80, 33.52, "US"), "alextimes.com": (-77.05, 38.80, "US"), "alligator.org": (-82.32, 29.65, "US"),
    "athensreview.com": (-95.86, 32.20, "US"), "augusta.com": (-81.97, 33.47, "US"),
    "baltimoresun.com": (-76.61, 39.29, "US"), "bangordailynews.com": (-68.78, 44.80, "US"),
    "bclocalnews.com": (-122.80, 49.19, "CA"), "belfasttelegraph.co.uk": (-5.93, 54.60, "GB"),
    "bostonglobe.com": (-71.06, 42.36, "US"), "burtonmail.co.uk": (-1.64, 52.81, "GB"),
    "businesslive.co.za": (28.04, -26.20, "ZA"), "cambridge-news.co.uk": (0.12, 52.20, "GB"),
    "capitalfm.co.ke": (36.82, -1.29, "KE"), "chicagotribune.com": (-87.63, 41.88, "US"),
    "chron.com": (-95.36, 29.76, "US"), "civil.ge": (44.79, 41.69, "GE"),
    "columbiadailyherald.com": (-87.04, 35.62, "US"), "columbuslocalnews.com": (-83.00, 39.96, "US"),
    "columbustelegram.com": (-97.37, 41.43, "US"), "concordmonitor.com": (-71.54, 43.21, "US"),
    "courant.com": (-72.69, 41.76, "US"), "daily-chronicle.com": (-88.75, 41.93, "US"),
    "daily-jeff.com": (-81.59, 40.03, "US"), "dailyecho.co.uk": (-1.40, 50.90, "GB"),
    "dailyherald.com": (-87.98, 42.08, "US"), "dailyjournal.net": (-86.05, 39.48, "US"),
    "dailynews.com": (-118.49, 34.19, "US"), "dailypost.ng": (3.39, 6.45, "NG"),
    "dailypostathenian.com": (-84.59, 35.44, "US"), "dailysabah.com": (28.95, 41.01, "TR"),
    "dailystar.com.lb": (35.49, 33.89, "LB"), "dailytribune.net": (-94.97, 33.16, "US"),
    "dailytrust.com": (7.49, 9.06, "NG"), "dallasnews.com": (-96.81, 32.78, "US"),
    "denverpost.com": (-104.98, 39.74, "US"), "dhakatribune.com": (90.41, 23.71, "BD"),
    "dispatch.com": (-83.00, 39.96, "US"), "dutchnews.nl": (4.89, 52.37, "NL"),
    "eagletribune.com": (-71.14, 42.73, "US"), "eastoregonian.com": (-118.79, 45.67, "US"),
    "echopress.com": (-95.38, 45.89, "US"), "essexlive.news": (0.47, 51.74, "GB"),
    "fox11online.com": (-88.02, 44.52, "US"), "fox13memphis.com": (-90.05, 35.15, "US"),
    "fox2now.com": (-90.20, 38.63, "US"), "gainesville.com": (-82.32, 29.65, "US"),
    "gainesvilleregister.com": (-97.13, 33.63, "US"), "gainesvilletimes.com": (-83.82, 34.30, "US"),
    "gloucestershirelive.co.uk": (-2.24, 51.86, "GB"), "good4utah.com": (-111.89, 40.76, "US"),
    "haaretz.com": (34.78, 32.08, "IL"), "heraldonline.com": (-81.03, 34.92, "US"),
    "heraldscotland.com": (-4.25, 55.86, "GB"), "illawarramercury.com.au": (150.89, -34.43, "AU"),
    "independent.ie": (-6.25, 53.33, "IE"), "insidebayarea.com": (-122.27, 37.80, "US"),
    "irishtimes.com": (-6.25, 53.33, "IE"), "itemonline.com": (-95.55, 30.72, "US"),
    "jordannews.com": (-93.63, 44.67, "US"), "jpost.com": (35.22, 31.77, "IL"),
    "kansascity.com": (-94.58, 39.10, "US"), "khaleejtimes.com": (55.30, 25.26, "AE"),
    "kiro7.com": (-122.33, 47.61, "US"), "kob.com": (-106.65, 35.08, "US"),
    "kyivindependent.com": (30.52, 50.45, "UA"), "kyivpost.com": (30.52, 50.45, "UA"),
    "lansingstatejournal.com": (-84.56, 42.73, "US"), "lasvegassun.com": (-115.14, 36.17, "US"),
    "latimes.com": (-118.24, 34.05, "US"), "ldnews.com": (-76.42, 40.34, "US"),
    "ledger-enquirer.com": (-84.99, 32.46, "US"), "lfpress.ca": (-81.25, 42.98, "CA"),
    "lfpress.com": (-81.25, 42.98, "CA"), "live5news.com": (-79.93, 32.78, "US"), "lmfm.ie": (-6.35, 53.72, "IE"),
    "masslive.com": (-72.59, 42.10, "US"), "mercurynews.com": (-121.89, 37.34, "US"),
    "messenger-inquirer.com": (-87.11, 37.77, "US"), "messenger.com.ge": (44.79, 41.69, "GE"),
    "miamiherald.com": (-80.19, 25.77, "US"), "middletownpress.com": (-72.65, 41.56, "US"),
    "modernghana.com": (-0.19, 5.56, "GH"), "moscowtimes.ru": (37.62, 55.75, "RU"),
    "newarkadvocate.com": (-82.40, 40.06, "US"), "newindianexpress.com": (80.28, 13.09, "IN"),
    "news-leader.com": (-93.29, 37.21, "US"), "newschannel5.com": (-86.78, 36.17, "US"),
    "newsday.com": (-73.42, 40.79, "US"), "newsletter.co.uk": (-5.93, 54.60, "GB"), "nj.com": (-74.17, 40.74, "US"),
    "nola.com": (-90.08, 29.95, "US"), "norfolkdailynews.com": (-97.42, 42.03, "US"),
    "nzherald.co.nz": (174.76, -36.85, "NZ"), "onlineathens.com": (-83.38, 33.96, "US"),
    "oregonlive.com": (-122.68, 45.52, "US"), "oxfordpress.com": (-84.75, 39.51, "US"),
    "pal-item.com": (-84.89, 39.83, "US"), "palestineherald.com": (-95.63, 31.76, "US"),
    "panorama.am": (44.51, 40.18, "AM"), "parisbeacon.com": (-87.70, 39.61, "US"),
    "parispi.net": (-88.33, 36.30, "US"), "philly.com": (-75.16, 39.95, "US"),
    "post-gazette.com": (-80.00, 40.44, "US"), "postandcourier.com": (-79.93, 32.78, "US"),
    "postbulletin.com": (-92.47, 44.02, "US"), "recordernewspapers.com": (-74.57, 40.72, "US"),
    "registercitizen.com": (-73.12, 41.80, "US"), "reporter.net": (-86.47, 40.05, "US"),
    "richmond.com": (-77.46, 37.55, "US"), "richmondandtwickenhamtimes.co.uk": (-0.30, 51.46, "GB"),
    "richmondregister.com": (-84.29, 37.75, "US"), "sacbee.com": (-121.49, 38.58, "US"),
    "sana.sy": (36.29, 33.51, "SY"), "scotsman.com": (-3.20, 55.95, "GB"), "seattletimes.com": (-122.33, 47.61, "US"),
    "sentinel-echo.com": (-84.08, 37.13, "US"), "sfchronicle.com": (-122.42, 37.77, "US"),
    "simcoe.com": (-79.69, 44.39, "CA"), "smh.com.au": (151.21, -33.87, "AU"),
    "southernminn.com": (-93.27, 44.30, "US"), "springfieldnewssun.com": (-83.81, 39.92, "US"),
    "sptimes.ru": (30.31, 59.94, "RU"), "star-telegram.com": (-97.32, 32.73, "US"),
    "startribune.com": (-93.27, 44.98, "US"), "stltoday.com": (-90.20, 38.63, "US"),
    "sunnewsonline.com": (3.39, 6.45, "NG"), "thecolumbiastar.com": (-81.03, 34.00, "US"),
    "thecourier.co.uk": (-2.97, 56.46, "GB"), "theday.com": (-72.10, 41.36, "US"),
    "theglobeandmail.com": (-79.38, 43.65, "CA"), "thehindu.com": (80.28, 13.09, "IN"),
    "theintelligencer.com": (-89.95, 38.81, "US"), "thelancasterandmorecambecitizen.co.uk": (-2.80, 54.05, "GB"),
    "themercury.com": (-96.57, 39.18, "US"), "themoscowtimes.com": (37.62, 55.75, "RU"),
    "theolympian.com": (-122.90, 47.04, "US"), "theparisnews.com": (-95.56, 33.66, "US"),
    "thespec.com": (-79.87, 43.26, "CA"), "thestar.com": (-79.38, 43.65, "CA"), "thestate.com": (-81.03, 34.00, "US"),
    "thetowntalk.com": (-92.45, 31.31, "US"), "thisisoxfordshire.co.uk": (-1.26, 51.75, "GB"),
    "timescolonist.com": (-123.37, 48.43, "CA"), "timesdispatch.com": (-77.46, 37.55, "US"),
    "timesfreepress.com": (-85.31, 35.05, "US"), "timeslive.co.za": (28.04, -26.20, "ZA"),
    "timesofmalta.com": (14.51, 35.90, "MT"), "timesofoman.com": (58.41, 23.58, "OM"),
    "tipperarystar.ie": (-7.82, 52.68, "IE"), "tri-cityherald.com": (-119.14, 46.21, "US"),
    "tribtown.com": (-85.89, 38.96, "US"), "tribune242.com": (-77.34, 25.06, "BS"),
    "tribuneonlineng.com": (3.90, 7.39, "NG"), "walesonline.co.uk": (-3.18, 51.48, "GB"),
    "washingtonpost.com": (-77.04, 38.90, "US"), "weekly.ahram.org.eg": (31.25, 30.06, "EG"),
    "wkbn.com": (-80.65, 41.10, "US"), "woodstocksentinelreview.com": (-80.75, 43.13, "CA"),
    "wsau.com": (-89.63, 44.96, "US"), "wsoctv.com": (-80.84, 35.23, "US"), "wsvn.com": (-80.19, 25.77, "US"),
    "wtsp.com": (-82.64, 27.77, "US"), "wusa9.com": (-77.04, 38.90, "US"), "wvgazette.com": (-81.63, 38.35, "US"),
    "wvgazettemail.com": (-81.63, 38.35, "US"),
}  # fmt: skip
_GENERIC = frozenset({"com", "org", "net", "info", "gov", "edu", "int", "mil", "tv", "fm", "io", "ai", "co", "me"})


def home_of(url: str | None) -> Home:
    """Return where the publisher of an address is at home, as far as known: its town, its country (ISO 3166-1)."""
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return None, None
    parts = host.split(".")
    for first in range(max(0, len(parts) - 5), len(parts) - 1):
        if (row := OUTLETS.get(".".join(parts[first:]))) is not None:
            return LonLat(lon=row[0], lat=row[1]), row[2]
    last = parts[-1]
    if len(last) == 2 and last.isascii() and last.isalpha() and last not in _GENERIC:
        return None, "GB" if last == "uk" else last.upper()
    return None, None
