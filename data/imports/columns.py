"""Which column of a table is what, read from its heading, in the languages that address books come in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.imports.cards import Format
from data.people.names import plain

TARGETS: dict[str, str] = {
    "name": "whole name",
    "given": "first name",
    "middle": "middle name",
    "family": "last name",
    "suffix": "name suffix",
    "company": "company",
    "title": "role",
    "email": "email",
    "linkedin": "LinkedIn address",
    "link": "web address",
    "phone": "phone",
    "location": "place",
    "city": "city",
    "country": "country",
    "birthday": "birthday",
    "connected_on": "connected on",
    "notes": "notes",
    "tags": "tags",
    "fields": "field",
    "source": "how found",
    "introduced_by": "introduced by",
    "zone": "time zone",
    "kind": "person or group",
    "id": "Inroad's own number",
}
"""What a column can be, with the words for it. Several columns may be the same thing, as emails are."""

_ALIASES = {
    "name": "name|full name|fullname|display name|contact name|contact|person|vollstandiger name|nom complet"
    "|nombre completo|nome completo|nome e cognome|volledige naam|naam|nom et prenom|姓名|名前",
    "given": "first name|firstname|given name|forename|first|vorname|prenom|nombre|voornaam|fornavn|fornamn"
    "|imie|etunimi|jmeno|ad|nome|prenume|keresztnev|имя|名",
    "middle": "middle name|additional name|middle|zweiter vorname|deuxieme prenom|segundo nombre",
    "family": "last name|lastname|surname|family name|last|nachname|familienname|nom de famille|nom"
    "|apellidos|apellido|cognome|sobrenome|apelido|achternaam|etternavn|efternavn|efternamn|nazwisko"
    "|sukunimi|prijmeni|soyad|soyadi|nume|vezeteknev|фамилия|姓",
    "suffix": "suffix|name suffix|namenszusatz",
    "company": "company|company name|organization|organisation|employer|current company|organization name"
    "|organisation name|unternehmen|firma|arbeitgeber|entreprise|societe|empresa|azienda|societa|bedrijf"
    "|foretag|virksomhed|bedrift|selskab|yritys|spolecnost|sirket|organizacja|organizzazione|компания|公司",
    "title": "position|title|job title|jobtitle|role|job|current position|headline|organization title"
    "|organisation title|berufsbezeichnung|stellenbezeichnung|posizione|poste|fonction|intitule du poste"
    "|cargo|puesto|funcao|functie|stilling|stanowisko|titel|befattning|yrkestittel|pozice|pozisyon|tehtava"
    "|qualifica|profession|occupation|beruf|должность|职位",
    "email": "email|e mail|email address|e mail address|mail|email adresse|e mail adresse|adresse e mail"
    "|adresse email|correo|correo electronico|direccion de correo electronico|direccion de correo"
    "|indirizzo email|indirizzo e mail|endereco de e mail|endereco de email|e mailadres|emailadres"
    "|e postadress|e postadresse|e mailadresse|e post|adres e mail|adres email|sahkoposti|emailova adresa"
    "|e posta adresi|primary email|work email|personal email|courriel|邮箱",
    "linkedin": "linkedin|linkedin url|linkedin profile|linkedin profile url|profile url|profil url|url"
    "|url du profil|url del perfil|url do perfil|url del profilo|profil|profile|linkedin link|profiel url",
    "link": "website|websites|web page|webpage|homepage|web|site|link|links|personal web page|webseite"
    "|site web|sitio web|sito web|blog|portfolio|github|twitter",
    "phone": "phone|phone number|mobile|mobile phone|telephone|tel|cell|cell phone|business phone"
    "|business phone 2|home phone|home phone 2|primary phone|other phone|company main phone|telefon"
    "|telefonnummer|mobiltelefon|handy|telephone mobile|telefono|telefone|movil|cellulare|telefoon|mobiel"
    "|mobil|numer telefonu",
    "location": "location|place|address|region|ort|lieu|ubicacion|localizacao|localita|locatie|adresse"
    "|direccion|indirizzo|endereco",
    "city": "city|business city|home city|town|stadt|ville|ciudad|cidade|citta|stad",
    "country": "country|business country region|home country region|country region|land|pays|pais|paese",
    "birthday": "birthday|date of birth|geburtstag|geburtsdatum|anniversaire|date de naissance|cumpleanos"
    "|fecha de nacimiento|compleanno|verjaardag",
    "connected_on": "connected on|connected|connection date|date connected|verbunden am|vernetzt am"
    "|vernetzt seit|kontakt seit|connecte le|connectee le|connecte e le|date de connexion|en relation depuis"
    "|relation depuis|conectado el|conectado desde|fecha de conexion|conectado em|data de conexao"
    "|collegato il|data di collegamento|collegato dal|verbonden op|gekoppeld op|forbundet|forbundet den"
    "|forbundet siden|tilknyttet|ansluten den|ansluten|kontakt sedan|polaczono|data polaczenia"
    "|data nawiazania|verkostoiduttu|baglanti tarihi|spojeno",
    "notes": "notes|note|comment|comments|remarks|notizen|bemerkungen|notas|appunti|opmerkingen|description",
    "tags": "tags|tag|labels|label|categories|category|group membership|groups|kategorien|categorie"
    "|categorias|schlagworter|etiketten|etiquetas",
    "fields": "field|fields|industry|sector|branche|secteur|sector de actividad|settore|department|team",
    "source": "source|how found|quelle|how we met",
    "introduced_by": "introduced by|introducer|referred by|referrer|via|vorgestellt von",
    "zone": "zone|time zone|timezone|zeitzone",
    "kind": "kind",
    "id": "inroad id",
}
_BY_HEADING = {alias: target for target, aliases in _ALIASES.items() for alias in aliases.split("|")}

_NUMBERED = re.compile(
    r"^(e mail|email|phone|website|address|organization|organisation|custom field|event|relation)"
    r"(?: (\d+))? (value|name|title|city|country|region|formatted|department|address)$"
)
_NUMBERED_TARGETS = {
    ("e mail", "value"): "email",
    ("e mail", "address"): "email",
    ("email", "value"): "email",
    ("email", "address"): "email",
    ("phone", "value"): "phone",
    ("website", "value"): "link",
    ("address", "city"): "city",
    ("address", "country"): "country",
    ("organization", "name"): "company",
    ("organisation", "name"): "company",
    ("organization", "title"): "title",
    ("organisation", "title"): "title",
}
_OWN = {"inroad id", "name"}


def heading(text: str) -> str:
    """A heading for comparing: its plain words."""
    return " ".join(re.sub(r"[\W_]+", " ", plain(text)).split())


def recognise(cells: Sequence[str]) -> tuple[Format, dict[int, str]] | None:
    """What a row says if it is a heading: the kind of table, and what each column is; None if it is none."""
    names = [heading(cell) for cell in cells]
    present = set(names)
    if len(present - {""}) < 2:
        return None
    columns = {at: target for at, name in enumerate(names) if (target := _target(name))}
    _settle(names, columns)
    targets = set(columns.values())
    if present >= _OWN:
        return Format.OWN_TABLE, columns
    if targets >= {"given", "family", "connected_on"}:
        return Format.LINKEDIN, columns
    if _is_google(present):
        return Format.GOOGLE, {at: what for at, what in columns.items() if not _in_google_ignored(names[at])}
    if targets >= {"given", "family"} and {"e mail address", "e mail 2 address", "job title"} & present:
        for at, name in enumerate(names):
            if name == "title":  # Mr, Dr; the role is "Job Title".
                columns.pop(at, None)
            if name == "department":
                columns.pop(at, None)
        return Format.OUTLOOK, columns
    if targets & {"name", "given", "family", "email", "linkedin"} and len(columns) >= 2:
        return Format.TABLE, columns
    return None


def _target(name: str) -> str:
    found = _BY_HEADING.get(name, "")
    if not found and (numbered := _NUMBERED.match(name)):
        found = _NUMBERED_TARGETS.get((numbered[1], numbered[3]), "")
        if found in ("company", "title") and numbered[2] not in (None, "1"):
            return ""
    if not found and re.match(r"^(e mail|email) (address )?\d+( address)?$", name):
        return "email"
    return found


def _settle(names: list[str], columns: dict[int, str]) -> None:
    """Headings that mean one thing or another by what stands beside them."""
    targets = set(columns.values())
    for at, name in enumerate(names):
        # "Nom" and "Nome" are the family name beside "Prénom" or "Cognome", else the whole name.
        beside = "given" if name == "nom" else "family"
        if name in ("nom", "nome", "nombre", "ad") and beside not in targets:
            columns[at] = "name"
        elif name == "title" and any(names[other] in _ROLES for other in columns if other != at):
            columns.pop(at)
        elif name in ("profil", "profile") and any(
            columns.get(other) == "linkedin" for other in range(len(names)) if other != at
        ):
            columns.pop(at, None)


_ROLES = frozenset(("job title", "position", "role", "jobtitle", "current position"))


def _is_google(present: set[str]) -> bool:
    old = {"name", "given name", "family name"} <= present
    new = {"first name", "last name"} <= present
    numbered = any(
        _NUMBERED.match(name) or re.match(r"^(e mail|phone) \d+ (type|label)$", name) for name in present
    )
    marks = {"organization name", "labels", "phonetic first name", "group membership", "file as"} & present
    return (old or new) and (numbered or bool(marks)) and "e mail address" not in present


def _in_google_ignored(name: str) -> bool:
    return name in ("location", "department", "organization department", "name suffix", "subject")


def target_of(words: str) -> str:
    """What a user means a column to be: one of TARGETS, "" for none; as typed if it is nothing known."""
    typed = heading(words)
    for target, label in TARGETS.items():
        if typed in (heading(target), heading(label)):
            return target
    return _BY_HEADING.get(typed, words.strip())


def remap(
    columns: Sequence[str], guessed: Mapping[int, str], wanted: Mapping[str, str]
) -> tuple[dict[int, str], list[str]]:
    """The mapping with the user's own choices (heading → target, "" for none), and what they misname."""
    mapping = dict(guessed)
    wrong: list[str] = []
    for name, target in wanted.items():
        found = [at for at, column in enumerate(columns) if column == name]
        found = found or [at for at, column in enumerate(columns) if heading(column) == heading(name)]
        if not found:
            wrong.append(f"there is no column “{name[:60]}”")
        elif target and target not in TARGETS:
            can = ", ".join(TARGETS.values())
            wrong.append(f"“{target[:60]}” is nothing that a column can be (which is: {can})")
        for at in found:
            if target:
                mapping[at] = target
            else:
                mapping.pop(at, None)
    return mapping, wrong
