"""Actors as a person names them."""

from collections.abc import Collection
from difflib import get_close_matches

from alignwatch.errors import SourceError
from alignwatch.extract import load_gazetteer
from alignwatch.store import Store

__all__ = ["name_actor", "name_actor_of"]


def name_actor(name: str, *, known: Collection[str] = ()) -> str:
    """Give the id of the actor that *name* means: its id, or a name that texts have for it.

    *known* are ids beside those of the gazetteer, such as a store's own. Case does not matter.

    Raises:
        SourceError: Nobody is called so; the message says who comes near.

    Example:
        >>> name_actor("prk"), name_actor("north korea"), name_actor("Pyongyang")
        ('PRK', 'PRK', 'PRK')
    """
    gazetteer = load_gazetteer()
    text = " ".join(name.split())
    if text.upper() in known or text.upper() in gazetteer.actors:
        return text.upper()
    by_name = {actor.name.casefold(): actor_id for actor_id, actor in gazetteer.actors.items()}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    for spelled in (text, text.title()):
        for mention in gazetteer.find(spelled):
            if (mention.start, mention.end) == (0, len(spelled)):
                return mention.actor_id
    near = get_close_matches(text.casefold(), by_name, n=3)
    meant = "".join(f", or {gazetteer.actors[by_name[one]].name}" for one in near)
    msg = f"no actor is called {name!r}: name it by its id or name, such as PRK{meant}"
    raise SourceError(msg)


def name_actor_of(store: Store, name: str) -> str:
    """Do the same for the actors of a store, some of which it may know alone.

    Raises:
        SourceError: As `name_actor`.
    """
    own = " ".join(name.split()).upper()
    is_known = next(iter(store.claims(actor=own)), None) is not None
    return name_actor(name, known=(own,) if is_known else ())
