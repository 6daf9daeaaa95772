"""Which calls the bot makes, and the ways in which each of them can fail."""

NOT_DONE = ("429", "500", "502_html", "refuse", "timeout_before", "malformed")
"""Failures of calls that had no effect."""
DONE = ("timeout_after", "drop_after")
"""Failures of calls that had their effect, which the bot cannot know."""
KINDS = NOT_DONE + DONE

STARTING = ("getMe", "deleteWebhook", "setMyCommands", "setMyDescription", "setMyShortDescription")
POLLING = ("getUpdates",)
BY_WEBHOOK = ("setWebhook",)
CHECKING = ("getWebhookInfo",)
TALKING = (
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "sendPhoto",
    "editMessageMedia",
    "deleteMessage",
    "sendDocument",
    "sendVoice",
    "sendAudio",
    "sendVideo",
    "getFile",
)
INSTEAD = ("editMessageReplyMarkup",)
"""What is called where another call was refused."""
METHODS = frozenset((*STARTING, *POLLING, *BY_WEBHOOK, *CHECKING, *TALKING, *INSTEAD))
"""Every method that the bot calls."""

SHORT = 1.0
"""How many seconds the bots of these tests wait for an answer."""
