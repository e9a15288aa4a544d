"""Methods of Telegram that the local one does not have, by name: it says so in one sentence."""

from __future__ import annotations

from bot.sandbox.errors import ApiError

# Bot API 10.0: payments, gifts, stars, stories, business accounts, games, passports, sticker sets, boosts, channels.
_NAMES = """
addStickerToSet answerPreCheckoutQuery answerShippingQuery answerWebAppQuery approveChatJoinRequest
approveSuggestedPost banChatSenderChat close closeGeneralForumTopic convertGiftToStars createChatInviteLink
createChatSubscriptionInviteLink createInvoiceLink createNewStickerSet declineChatJoinRequest declineSuggestedPost
deleteAllMessageReactions deleteBusinessMessages deleteChatPhoto deleteChatStickerSet deleteMessageReaction
deleteStickerFromSet deleteStickerSet deleteStory editChatInviteLink editChatSubscriptionInviteLink
editGeneralForumTopic editMessageChecklist editStory editUserStarSubscription exportChatInviteLink getAvailableGifts
getBusinessAccountGifts getBusinessAccountStarBalance getBusinessConnection getChatGifts getCustomEmojiStickers
getForumTopicIconStickers getGameHighScores getManagedBotAccessSettings getManagedBotToken
getMyDefaultAdministratorRights getMyStarBalance getStarTransactions getStickerSet getUserChatBoosts getUserGifts
getUserPersonalChatMessages getUserProfileAudios giftPremiumSubscription hideGeneralForumTopic logOut postStory
readBusinessMessage refundStarPayment removeBusinessAccountProfilePhoto removeChatVerification removeMyProfilePhoto
removeUserVerification reopenGeneralForumTopic replaceManagedBotToken replaceStickerInSet repostStory
revokeChatInviteLink savePreparedInlineMessage savePreparedKeyboardButton sendChecklist sendGame sendGift sendInvoice
sendLivePhoto sendMessageDraft sendPaidMedia setBusinessAccountBio setBusinessAccountGiftSettings
setBusinessAccountName setBusinessAccountProfilePhoto setBusinessAccountUsername setChatMemberTag setChatPhoto
setChatStickerSet setCustomEmojiStickerSetThumbnail setGameScore setManagedBotAccessSettings
setMyDefaultAdministratorRights setMyProfilePhoto setPassportDataErrors setStickerEmojiList setStickerKeywords
setStickerMaskPosition setStickerPositionInSet setStickerSetThumbnail setStickerSetTitle setUserEmojiStatus
transferBusinessAccountStars transferGift unbanChatSenderChat unhideGeneralForumTopic unpinAllForumTopicMessages
unpinAllGeneralForumTopicMessages upgradeGift uploadStickerFile verifyChat verifyUser
"""
UNSUPPORTED = {name.lower(): name for name in _NAMES.split()}


def refused(method: str) -> ApiError:
    """Return why a method is not answered: Telegram has none of that name, or the local one does not."""
    name = UNSUPPORTED.get(method.lower())
    if name is None:
        return ApiError(404, "Not Found")
    return ApiError(501, f"Not Implemented: the local Telegram does not have the method {name}")
