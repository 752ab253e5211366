"""Ways to say who one is, whom it is about and what is asked: what the reading is tried on, in turn.

``{one}`` is a profession in its indefinite form ("barnmorska"), ``{the}`` in its definite one, ``{who}`` the
whole phrase for the other. They are said as staff say them; a new way is added to its list.
"""

from assistant.types import Employer, Profession

NURSE, MIDWIFE = Profession.BHV_NURSE, Profession.MIDWIFE
TEACHER, SOCIAL = Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER
REGION, PRIVATE = Employer.REGION, Employer.PRIVATE
CARE = (NURSE, MIDWIFE)  # whose employer isn't told by the profession

NAMES = {
    NURSE: (
        ("BVC-sköterska", "BVC-sköterskan"),
        ("bvc-ssk", "bvc-ssk:n"),
        ("BHV-sjuksköterska", "BHV-sjuksköterskan"),
        ("distriktssköterska på BVC", "distriktssköterskan på BVC"),
        ("sköterska på BVC", "sköterskan på BVC"),
    ),
    MIDWIFE: (("barnmorska", "barnmorskan"), ("bm", "bm"), ("barnmorska på MVC", "barnmorskan på MVC")),
    TEACHER: (
        ("förskollärare", "förskolläraren"),
        ("pedagog på öppna förskolan", "pedagogen på öppna förskolan"),
        ("förskollärare på öppna förskolan", "förskolläraren på öppna förskolan"),
    ),
    SOCIAL: (("socionom", "socionomen"), ("kurator", "kuratorn"), ("socialrådgivare", "socialrådgivaren")),
}

ASKERS: dict[Employer | None, tuple[str, ...]] = {
    None: (
        "Jag är {one}. ",
        "{one} här. ",
        "Jag jobbar som {one} på familjecentralen. ",
        "Hej! Jag är {one} på en familjecentral i Höör. ",
        "Är {one}. ",
        "Hejsan, {one} på familjecentral. ",
        "Som {one}: ",
        "Fråga från en {one}: ",
        "Det är en {one} som skriver. ",
        "Jag är ny som {one} här. ",
        "Jag vikarierar som {one}. ",
        "Har precis börjat som {one} här. ",
        "Jag har jobbat som {one} i tolv år. ",
        "jag e {one}. ",
    ),
    REGION: (
        "Jag är {one} och anställd av Region Skåne. ",
        "Jag är regionanställd {one}. ",
        "{one} i Region Skåne här. ",
        "Jag jobbar som {one} i regionen. ",
        "Jag är {one} och får min lön från regionen. ",
        "{one}, regionanställd. ",
        "Jag, som är {one} i regionen, undrar: ",
        "Region Skåne är min arbetsgivare, jag är {one}. ",
        "Jag har min anställning i Region Skåne som {one}. ",
        "Har regionen som arbetsgivare och är {one}. ",
        "Jag är {one} (regionen). ",
        "Regionen betalar min lön, jag är {one}. ",
        "Jag tillhör regionen och är {one}. ",
    ),
    PRIVATE: (
        "Jag är {one} och privatanställd. ",
        "Jag är {one} hos en privat vårdgivare. ",
        "Privatanställd {one} här. ",
        "Jag är {one} och får min lön av Capio. ",
        "Är {one}, anställd av en privat vårdgivare med vårdavtal. ",
        "Som {one} i privat regi undrar jag en sak. ",
        "Jag har min anställning hos Capio som {one}. ",
        "Min arbetsgivare är Praktikertjänst, jag är {one}. ",
        "Ett privat bolag betalar min lön, jag är {one}. ",
        "{one} (priv) här. ",
        "Jag är {one} på Achima Care. ",
    ),
}

OTHERS: dict[Employer | None, tuple[str, ...]] = {
    None: (
        "{the}",
        "vår {one}",
        "{the} på familjecentralen",
        "en {one}",
        "{the} Anna",
        "min kollega, {the},",
        "{the} som har rummet bredvid mitt",
        "{the} vi delar hus med",
        "vår nya {one}",
        "kollegan som är {one}",
    ),
    REGION: (
        "{the} som är anställd av regionen",
        "{the}, som är regionanställd,",
        "{the} (regionanställd)",
        "vår {one}, anställd av Region Skåne,",
        "regionens {one}",
        "{the} som får sin lön av regionen",
        "{the} som har regionen som arbetsgivare",
        "{the} Karin, som är anställd av regionen,",
        "{the} (hon är regionanställd)",
        "{the}, vars arbetsgivare är regionen,",
        "{the} som regionen har anställt",
    ),
    PRIVATE: (
        "{the} som är anställd av en privat vårdgivare",
        "{the}, som är privatanställd,",
        "{the} (privat)",
        "vår {one}, anställd av ett privat bolag,",
        "{the} som får sin lön av Capio",
        "{the} som har en privat arbetsgivare",
        "en {one} från en privat vårdgivare",
        "{the} Karin, som är anställd hos Praktikertjänst,",
        "{the} – hon är privat –",
        "{the} som jobbar privat",
        "{the} som ett privat bolag har anställt",
    ),
}

ASKED = (
    "Får jag berätta för {who} att en mamma mår dåligt?",
    "Behöver jag samtycke för att prata med {who} om ett barn?",
    "Måste föräldrarna säga ja innan jag pratar med {who}?",
    "Får {who} berätta för mig om ett barn?",
    "Är det okej att jag mejlar {who} om en treåring?",
    "{who} frågar mig hur det går för en tvååring. Får jag svara?",
    "Kan {who} och jag prata om en familj utan samtycke?",
    "{who} ringde och ville höra om en mamma. Vad får jag säga?",
    "Hur är det med samtycke mellan mig och {who}?",
    "{who} och jag träffar samma familj. Får vi prata ihop oss?",
    "Får jag svara när {who} undrar hur ett barn mår?",
    "{who} har bett mig om uppgifter om ett barn. Kan jag lämna dem utan samtycke?",
    "Får {who} läsa mina anteckningar om ett barn?",
    "Vem måste säga ja innan jag berättar något för {who}?",
)

WRITERS = (  # who are neither of the two
    "",
    "Jag är samordnare på familjecentralen. ",
    "Chef här. ",
    "Fråga från en enhetschef: ",
    "Jag sitter i styrgruppen. ",
    "Hej! Jag är enhetschef i Lomma. ",
)

ASKED_OF_TWO = (
    "Får {one} berätta för {other} om en familj?",
    "Behöver {one} samtycke för att prata med {other} om ett barn?",
    "{one} vill berätta för {other} att en mamma mår dåligt. Krävs samtycke?",
    "{one} undrar om hon får ringa {other} om ett barn.",
    "Måste {one} ha föräldrarnas samtycke innan hon pratar med {other}?",
    "Är det okej att {one} visar journalen för {other}?",
    "Får {one} och {other} prata med varandra om en familj?",
    "Krävs samtycke mellan {one} och {other}?",
    "Vad gäller när {one} vill mejla {other} om ett barn?",
    "{one} och {other} vill prata ihop sig om en familj. Behövs samtycke?",
)
TWO_OTHERS: dict[Employer | None, tuple[str, ...]] = {
    None: ("{the}", "vår {one}", "{the} på familjecentralen"),
    REGION: (
        "{the}, som är regionanställd,",
        "{the} (regionen)",
        "regionens {one}",
        "en regionanställd {one}",
    ),
    PRIVATE: ("{the}, som är privatanställd,", "{the} (privat)", "en privatanställd {one}"),
}

OF_A_KNOWN_ASKER: dict[Employer | None, tuple[str, ...]] = {  # whose profile tells who they are
    None: (
        "{the} som jag delar reception med vill veta hur det går för ett barn. Får jag svara?",
        "{the} jag jobbar ihop med frågar om en mamma. Vad får jag säga?",
        "{the} som sitter bredvid mig undrar om en familj. Får jag berätta?",
        "{the} har bett mig om journalen. Får jag lämna ut den?",
        "Måste jag ha samtycke om {the} ska få veta?",
        "{the} är ny för familjen. Kan jag dra bakgrunden för henne?",
        "{the} vill att jag berättar hur det går för ett barn. Får jag det?",
    ),
    REGION: (
        "{the} är regionanställd. Får jag berätta för henne om ett barn?",
        "{the} som jag delar reception med är anställd av regionen. Får jag svara henne om ett barn?",
        "{the} på fc jobbar för regionen. Får jag mejla henne om en mamma?",
        "{the} har regionen som arbetsgivare. Behövs samtycke för att jag ska få berätta om ett barn?",
    ),
    PRIVATE: (
        "{the} är också privatanställd. Får jag berätta för henne om ett barn?",
        "{the} här är privat. Kan jag prata med henne om en familj?",
        "{the} på fc jobbar för ett privat bolag. Får jag mejla henne om en mamma?",
    ),
}

TWO_NURSES = (
    "Vi är båda BVC-sköterskor i Region Skåne",
    "Jag och min kollega är BHV-sjuksköterskor, båda regionanställda",
    "Två bvc-ssk, båda anställda av regionen",
    "Både hon och jag är regionanställda BHV-sjuksköterskor",
    "Hon är BVC-sköterska i Region Skåne precis som jag",
    "Lisa och jag är BHV-sjuksköterskor i Region Skåne",
    "Jag är barnmorska i regionen och hon är BVC-sköterska i regionen",
    "Barnmorska (reg) och bvc-ssk (reg), jag är barnmorskan",
)
UNIT: dict[bool | None, tuple[str, ...]] = {
    True: (
        " på samma enhet.",
        ". Vi tillhör samma enhet.",
        ". Vi hör till samma enhet och har samma chef.",
        ". Enheten är densamma.",
        ". Samma enhet, samma chef.",
        ". Vi är på samma familjecentral och samma enhet.",
        ". Båda två tillhör samma enhet.",
    ),
    False: (
        ", men på olika enheter.",
        ". Hon hör till en annan enhet.",
        ". Vi är på var sin enhet.",
        ". Vi är inte på samma enhet.",
        ". Enheterna är olika.",
        ", dock inte vid samma enhet.",
    ),
    None: (
        ".",
        " på samma familjecentral.",
        ". Vi har samma chef.",
        ". Vi delar journalsystem.",
        ". Jag vet inte om vi är samma enhet.",
        ". Vi tillhör samma vårdgivare.",
        ". Om det är samma enhet har jag ingen aning om.",
        ". Vi är nog på samma enhet.",
        ". Vi var på samma enhet förra året.",
        ". Hon säger att vi är samma enhet men jag är osäker.",
        ". Hon säger att vi är samma enhet. Jag är inte säker på det.",
        ". Jag fick höra att vi är samma enhet, men stämmer det?",
        ", men om vi tillhör samma enhet har ingen kunnat svara på.",
    ),
}

UNIT_ASKED = (
    "Är ni anställda vid samma enhet?",
    "Det beror på om ni är anställda vid samma enhet. Är ni det?",
    "Hör ni till samma enhet?",
    "Arbetar ni på samma enhet, med samma vårdgivare som arbetsgivare?",
    "Vet du om ni är anställda på samma enhet?",
)
UNIT_REPLIES: dict[bool | None, tuple[str, ...]] = {
    True: (
        "Ja",
        "ja det är vi",
        "Japp, samma enhet",
        "Ja, vi är anställda på samma enhet",
        "Jo då, det är vi.",
        "Ja, samma enhet och samma chef",
        "Ja vi hör till samma enhet.",
        "stämmer",
    ),
    False: (
        "nej",
        "Nej, olika enheter",
        "olika",
        "hon hör till MVC och jag till BVC, det är två enheter",
        "Nix",
        "Nej det är vi inte.",
        "Nej, vi har var sin enhet",
        "Nej. Hon Ystad, jag Simrishamn.",
    ),
    None: (
        "vet inte",
        "Vi har samma chef i alla fall",
        "Vi sitter i samma hus.",
        "vi delar fikarum",
        "vi har samma journalsystem",
        "jag tror det",
        "vi har samma schema",
        "vi jobbar ihop i alla fall",
        "samma våning",
        "Vi har samma arbetsgivare.",
        "Vad räknas som samma enhet?",
        "Det vet jag inte, men vi har samma chef",
        "samma team",
        "det borde vi vara",
    ),
}
BOARD_REPLIES: dict[bool | None, tuple[str, ...]] = {
    True: (
        "Ja, samma nämnd",
        "ja vi hör båda till barn- och utbildningsnämnden",
        "Ja, socialnämnden, båda två.",
        "stämmer bra det",
    ),
    False: ("olika nämnder", "hon är under socialnämnden, jag under utbildningsnämnden", "Inte samma nämnd."),
    None: (
        "samma förvaltning",
        "Det vet jag faktiskt inte, men vi hör till samma förvaltning",
        "samma rektor",
        "samma förskola",
        "vi har samma chef",
        "Vi är ju båda kommunanställda.",
        "Jag hör till utbildningsnämnden, hon vet jag inte.",
    ),
}

TWO_OF_A_KIND = (
    "Två BVC-sköterskor på samma familjecentral, {each}. Får de prata om ett barn?",
    "Vi har två BHV-sjuksköterskor här, {each}. Behövs samtycke?",
    "Vi är två BVC-sköterskor, {each}. Kan vi dela uppgifter?",
    "På vår familjecentral finns två BVC-sköterskor: {each}. Får de prata om ett barn?",
    "Det finns två bhv-ssk på fc ({each}). Får man prata utan att föräldrarna sagt ja?",
)
ONE_EACH = (
    "en från regionen o en från privata bvc",
    "en regionanställd och en privatanställd",
    "en i regionen, en på Capio",
    "den ena regionanställd, den andra privat",
    "en reg en priv",
    "den ena har regionen som arbetsgivare, den andra ett privat bolag",
    "varav en är privat och en är i regionen",
    "en anställd av Region Skåne och en av en privat vårdgivare med vårdavtal",
    "en från regionens BVC och en från det privata BVC:t",
    "regionen har anställt den ena och ett privat bolag den andra",
    "en får lön av regionen och en av Capio",
    "olika arbetsgivare (regionen och Capio)",
)
