"""The bank of questions: in our own words, each with an id that never changes, for answers across meetings.

What career centres advise to ask about (Yale, Rice, Berkeley, and Steve Dalton's TIARA: trends, insights,
advice, resources, assignments) gives the categories; path, role and referrals are added from the design.
Seconds are how long the answer usually takes.
"""

from __future__ import annotations

from msgspec import Struct

CATEGORIES: dict[str, str] = {
    "path": "Path",
    "role": "Role",
    "trends": "Trends",
    "insights": "Insights",
    "advice": "Advice",
    "assignments": "Assignments",
    "resources": "Resources",
    "referrals": "Referrals",
}
"""The categories in the order in which a conversation usually takes them, with their headings."""


class BankQuestion(Struct, frozen=True, kw_only=True):
    """A question to choose from; `own` says that the user added it."""

    id: str
    category: str
    text: str
    seconds: int = 120
    own: bool = False


_TEXTS: dict[str, tuple[tuple[str, int, str], ...]] = {
    "path": (
        ("path-start", 150, "How did you get into this line of work?"),
        ("path-unexpected", 120, "Which part of your path did nobody see coming, you included?"),
        ("path-turning-point", 120, "What was the turning point that brought you to where you are now?"),
        ("path-before", 90, "What from your earlier jobs helps you here, though it looked unrelated?"),
        ("path-almost", 90, "What did you almost do instead, and why didn’t you?"),
        ("path-again", 120, "If you started again today, which step would you leave out?"),
        ("path-first-year", 120, "What surprised you most in your first year?"),
        ("path-door", 90, "Who or what opened the first door for you?"),
        ("path-doubt", 120, "When did you doubt that this was for you, and what made you stay?"),
        ("path-next", 90, "Where do people in your position usually go next?"),
    ),
    "role": (
        ("role-last-week", 120, "What did you really spend your time on last week?"),
        ("role-hard", 120, "What is the hardest part of your work that outsiders never see?"),
        ("role-energy", 90, "Which part of it gives you energy, and which one takes it?"),
        ("role-good", 90, "How does one notice that somebody is really good at this?"),
        ("role-measure", 90, "By what is your work judged, and is that what matters?"),
        ("role-with", 90, "With whom do you work most closely, and where does it rub?"),
        ("role-decide", 90, "What may you decide alone, and what not?"),
        ("role-myth", 90, "What do people believe about your job that isn’t so?"),
        ("role-hours", 60, "What do your evenings and weekends look like in a busy month?"),
        ("role-junior", 120, "What does somebody in their first year do all day on your team?"),
    ),
    "trends": (
        ("trends-changing", 150, "What is changing most in your field right now?"),
        ("trends-skills", 120, "Which skills will matter in three years that few people have today?"),
        ("trends-fading", 90, "Which work is going away, and who does it now?"),
        ("trends-hype", 90, "Which much-discussed trend do you not believe in?"),
        ("trends-quiet", 120, "What is changing quietly, without headlines?"),
        ("trends-ai", 120, "How has AI changed what you do yourself, not what people say it will?"),
        ("trends-demand", 90, "Where do you see teams grow, and where do they shrink?"),
        ("trends-outside", 90, "Who from outside is changing your field the most?"),
        ("trends-money", 90, "What do customers pay for today that they didn’t two years ago?"),
        ("trends-wrong", 90, "What did you expect two years ago that turned out differently?"),
    ),
    "insights": (
        (
            "insights-surprise",
            120,
            "What do you know about this field now that you wish you had known?",
        ),
        ("insights-culture", 120, "What kind of person is happy on your team, and who leaves again?"),
        ("insights-disagree", 120, "On what do good people in your field disagree?"),
        ("insights-unsaid", 90, "What does everybody know here that nobody says aloud?"),
        ("insights-hiring", 120, "What made you say yes to the last person who joined your team?"),
        ("insights-reject", 90, "Why do good people not get hired here?"),
        ("insights-differ", 90, "How does your company work differently from the others that you know?"),
        ("insights-mistake", 120, "Which mistake do newcomers make again and again?"),
        ("insights-switchers", 120, "How have people who came from other fields done on your team?"),
        ("insights-proud", 90, "Which piece of work are you proud of, and what made it hard?"),
    ),
    "advice": (
        ("advice-me", 150, "From what you know of me now: where would you start in my place?"),
        ("advice-gap", 120, "What is the biggest gap in my profile for this kind of work?"),
        ("advice-strength", 90, "What in my background should I put first?"),
        ("advice-month", 120, "If I had one month to prepare, what should I do with it?"),
        ("advice-first-role", 90, "Which first role teaches the most?"),
        ("advice-avoid", 90, "What should I not waste time on?"),
        ("advice-stand-out", 120, "What makes an application from somebody like me stand out?"),
        ("advice-portfolio", 120, "What would you want to see from me to believe that I can do this?"),
        ("advice-degree", 90, "Does a course or a degree help here, or is there a better way?"),
        ("advice-story", 90, "How does my story sound to you; where did you stumble?"),
    ),
    "assignments": (
        ("assign-now", 120, "What are you working on that you look forward to?"),
        ("assign-typical", 120, "What is a typical project, from the first day to the last?"),
        ("assign-first", 90, "What was the first thing that you were given to do here?"),
        ("assign-small", 120, "Which small project could I do on my own to see whether I like this work?"),
        ("assign-failed", 120, "Which project went wrong, and what did you learn from it?"),
        ("assign-backlog", 90, "What would you have done if your team had one more pair of hands?"),
        ("assign-tools", 60, "Which tools do you have open all day?"),
        ("assign-newcomer", 90, "Which task do you like to give to newcomers, and what does it show you?"),
        ("assign-handover", 90, "Where does work get stuck between teams?"),
        ("assign-volunteer", 90, "Where could I help for free and learn the craft on the way?"),
    ),
    "resources": (
        ("resources-read", 60, "What do you read or listen to, to keep up?"),
        ("resources-book", 60, "Which one book or talk changed how you work?"),
        ("resources-community", 90, "Where do people of your field meet, online and in the city?"),
        ("resources-event", 60, "Which event is worth the ticket, and which one isn’t?"),
        ("resources-course", 60, "Which course would you pay for yourself?"),
        ("resources-association", 60, "Is there an association that is worth joining?"),
        ("resources-follow", 60, "Whose thinking do you follow?"),
        ("resources-practice", 90, "Where can one practise this before anybody pays for it?"),
        ("resources-companies", 90, "Which smaller companies do good work that I may not have heard of?"),
        ("resources-jobs", 90, "Where do openings of this kind show up before they are advertised?"),
    ),
    "referrals": (
        ("referrals-who", 90, "Who else should I talk to, and may I use your name?"),
        ("referrals-other-side", 60, "Who sees this quite differently from you and would be worth hearing?"),
        ("referrals-switcher", 60, "Do you know somebody who made the same change as I am trying to?"),
        ("referrals-junior", 60, "Who started in the last two years and might tell me how it was?"),
        ("referrals-elsewhere", 60, "Whom do you know at a company that does this especially well?"),
        ("referrals-group", 60, "Is there a group or a round of people that I should ask to join?"),
        ("referrals-manager", 60, "Who hires for this kind of role, and would talk without an opening?"),
        ("referrals-best", 60, "Who is the best person at this that you have worked with?"),
        ("referrals-back", 60, "May I come back to you in a few weeks and tell you how it went?"),
        ("referrals-help-you", 60, "Is there anything or anybody that I could be of help with to you?"),
    ),
}

BANK: tuple[BankQuestion, ...] = tuple(
    BankQuestion(id=id, category=category, text=text, seconds=seconds)
    for category in CATEGORIES
    for id, seconds, text in _TEXTS[category]
)
"""Every question of the bank, by category."""
