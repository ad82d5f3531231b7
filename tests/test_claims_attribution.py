"""Who says it: clauses, appositions, sources of sources."""

import pytest

from geo.claims import find_claims


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The Sylvanian army returned fire and said it had hit posts 3 km north of Bardville.", "The Sylvanian army"),
        ("The Sylvanian armed forces and the mayor said tanks were 3 km from Bardville.",
         "The Sylvanian armed forces and the mayor"),
        ("Tanks were reported 3 km from Bardville, and local bloggers said trenches were dug 9 km from Oldburg.", None),
        ("Trenches were dug long ago, and local bloggers said tanks stood 3 km from Bardville.", "local bloggers"),
        ("The army said it held posts 3 km from Bardville, and that the rebels, who according to diplomats get arms "
         "from abroad, had withdrawn.", "The army"),
        ("Rebels stood 3 km from Bardville, the mission said, citing local sources.", "the mission"),
        ("Rebels stood 3 km from Bardville, a news agency reported on Monday, quoting the mayor.", "a news agency"),
        ("Rebels stood 3 km from Bardville, citing local sources.", "local sources"),
        ("Rebels stood 3 km from Bardville, the region's governor, Ada Finch, told reporters.",
         "the region's governor, Ada Finch"),
        ("Ada Finch, the region's governor, said rebels stood 3 km from Bardville.", "Ada Finch"),
        ("Rebels stood 3 km from Bardville but the governor said nothing.", None),
        ("Rebels stood 3 km from Bardville, two residents told Herald, in the latest raid.", "two residents"),
        ("Two officials, speaking on condition of anonymity because they were not allowed to talk to the press at all, "
         "said rebels stood 3 km from Bardville.", "Two officials"),
        ("The rebels denied losing Oldburg and said they held posts 3 km from Bardville.", "The rebels"),
        ("The U.N. said rebels stood 3 km from Bardville.", "The U.N."),
    ],
)  # fmt: skip
def test_a_claim_is_put_in_the_mouth_of_who_said_it(text, claimant):
    assert find_claims(text)[0].claimant == claimant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rebels denied that, saying that only six of their fighters died.", [("Rebels", "says")]),
        ("The mayor dismissed it, adding that 40 soldiers were killed.", [("The mayor", "says")]),
        ("Westland denied it had killed 30 civilians, saying 12 militants were killed.",
         [("Westland", "denies"), ("Westland", "says")]),
        ("Air strikes killed 11, including 3 children, and injured 25, the ministry said.",
         [("the ministry", "says")] * 2),
    ],
)  # fmt: skip
def test_what_is_said_after_a_denial_is_not_denied_itself(text, said):
    assert [(claim.claimant, claim.stance) for claim in find_claims(text)] == said
