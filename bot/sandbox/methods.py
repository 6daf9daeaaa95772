"""Which function answers which method."""

from collections.abc import Awaitable, Callable

from bot.sandbox import (
    methods_bot,
    methods_chat,
    methods_edit,
    methods_send,
    methods_updates,
)
from bot.sandbox.calls import Call
from bot.sandbox.world import World

Method = Callable[[World, Call], Awaitable[object]]

METHODS: dict[str, Method] = {
    "getMe": methods_bot.get_me,
    "getFile": methods_bot.get_file,
    "setMyCommands": methods_bot.set_my_commands,
    "getMyCommands": methods_bot.get_my_commands,
    "deleteMyCommands": methods_bot.delete_my_commands,
    "setMyName": methods_bot.set_my_text,
    "getMyName": methods_bot.get_my_text,
    "setMyDescription": methods_bot.set_my_text,
    "getMyDescription": methods_bot.get_my_text,
    "setMyShortDescription": methods_bot.set_my_text,
    "getMyShortDescription": methods_bot.get_my_text,
    "setChatMenuButton": methods_bot.set_chat_menu_button,
    "getChatMenuButton": methods_bot.get_chat_menu_button,
    "getUpdates": methods_updates.get_updates,
    "setWebhook": methods_updates.set_webhook,
    "deleteWebhook": methods_updates.delete_webhook,
    "getWebhookInfo": methods_updates.get_webhook_info,
    "sendMessage": methods_send.send_message,
    "sendPhoto": methods_send.send_media,
    "sendDocument": methods_send.send_media,
    "sendVoice": methods_send.send_media,
    "sendAudio": methods_send.send_media,
    "sendVideo": methods_send.send_media,
    "sendMediaGroup": methods_send.send_media_group,
    "sendChatAction": methods_send.send_chat_action,
    "forwardMessage": methods_send.forward_message,
    "copyMessage": methods_send.copy_message,
    "editMessageText": methods_edit.edit_message_text,
    "editMessageCaption": methods_edit.edit_message_caption,
    "editMessageMedia": methods_edit.edit_message_media,
    "editMessageReplyMarkup": methods_edit.edit_message_reply_markup,
    "deleteMessage": methods_edit.delete_message,
    "deleteMessages": methods_edit.delete_messages,
    "answerCallbackQuery": methods_chat.answer_callback_query,
    "getChat": methods_chat.get_chat,
    "getChatMember": methods_chat.get_chat_member,
    "getChatAdministrators": methods_chat.get_chat_administrators,
    "getChatMemberCount": methods_chat.get_chat_member_count,
    "leaveChat": methods_chat.leave_chat,
    "pinChatMessage": methods_chat.pin_chat_message,
    "unpinChatMessage": methods_chat.unpin_chat_message,
    "unpinAllChatMessages": methods_chat.unpin_all_chat_messages,
    "setMessageReaction": methods_chat.set_message_reaction,
}
