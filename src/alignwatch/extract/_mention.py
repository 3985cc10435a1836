"""A passage that names an actor."""

import attrs

__all__ = ["Mention"]


@attrs.frozen(kw_only=True)
class Mention:
    """A passage that names an actor: half-open code-point offsets, `text` is exactly that slice.

    `form` tells by what it names it:

    ``name`` ("Iran"), ``demonym`` ("Iranian"), ``people`` ("Iranians", "the French"), ``capital``
    ("Tehran"), ``seat`` ("Downing Street"), ``ministry`` ("Pentagon", "Iranian Foreign Ministry"),
    ``force`` ("IRGC", "the South Korean military"), ``leader`` ("Putin", "Russian President
    Vladimir Putin", "the Russian president"), ``former-leader`` (somebody who is known for an
    office that he did not hold on the article's day: he stands for the state weakly), ``official``
    ("Israeli officials", "the Israeli government"), ``bloc``, ``group``, ``handle`` ("@NATO",
    "#StandWithUkraine").

    A possessive 's at the end is not part of it. Troops, weapons and the like ("North Korean
    troops") stay outside: the mention is "North Korean".
    """

    start: int
    end: int
    actor_id: str
    form: str
    text: str
