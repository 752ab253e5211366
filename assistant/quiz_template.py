"""The template that ``quiz new`` makes: two scenarios that pass the check, with explanations."""

TEMPLATE = """\
# Egna scenarier till Öva. Spara filen i corpus/scenarios/ så kommer frågorna med.
# Kontrollera den efter varje ändring: python -m assistant quiz check FILEN
#
# theme       tabell1, samtycke, sekretess, barnets-rattigheter, styrning eller hela
# difficulty  1 regeln som den står, 2 fakta dolda i en berättelse, 3 något saknas och måste frågas efter
# choices     tre eller fyra, lika långa ungefär, precis ett med right: true
# source      rubrikerna från kapitlet och nedåt, och ett ordagrant citat ur vägledningen
# decisive    det som avgjorde

scenarios:
  - id: mall-nytt-samtycke            # eget namn: små bokstäver a–z, siffror och bindestreck
    theme: samtycke
    difficulty: 2
    story: >-
      I våras sade föräldrarna ja till att BVC talade med socionomen. Nu vill BVC tala med
      förskolläraren om något annat. Vad gäller?
    choices:
      - text: "Ett nytt samtycke behövs för den nya situationen."
        right: true
        why: "Samtycket gäller bara den situation då det inhämtades."
      - text: "Samtycket från i våras gäller tills det dras tillbaka."
        right: false
        why: "Samtycket är inte generellt."
      - text: "Samtycket från i våras gäller i huset men inte utanför."
        right: false
        why: "Det gällde en viss situation, inte ett visst hus."
    source:
      section: ["Sekretess", "Samtycke"]
      quote: "En ny situation innebär ett nytt samtycke."
    decisive: >-
      Situationen är ny: ett annat ämne och en annan mottagare.

  # Ett scenario om Tabell 1 kan vara utan choices. Då tas de ur tabellen.
  # verdicts    consent_required (samtycke krävs), consent_not_required (behövs inte),
  #             no_unauthorised_disclosure (rad 8) eller depends (en uppgift saknas)
  # question    samma sak som man skulle fråga assistenten; kontrolleras mot dess svar
  - id: mall-privat-vardgivare
    theme: tabell1
    difficulty: 2
    story: >-
      Anna är BHV-sjuksköterska i Region Skåne. På samma familjecentral arbetar Britt,
      BHV-sjuksköterska hos en privat vårdgivare. Anna vill tala med Britt om ett barn. Vad gäller?
    question: >-
      Jag är BHV-sjuksköterska i Region Skåne. Får jag dela uppgifter med BHV-sjuksköterskan på vår
      familjecentral som är anställd av en privat vårdgivare?
    verdicts: [consent_required]
    rows: [2]
    source:
      section: ["Sekretess", "Huvudman"]
      quote: "omfattas av olika sekretessområden p g a olika huvudmän"
    decisive: >-
      Arbetsgivaren: Region Skåne och en privat vårdgivare är olika huvudmän.
"""
