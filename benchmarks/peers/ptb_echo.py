"""The echo example of python-telegram-bot, as its documentation builds it: default HTTP backend."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text("You are there.")


if __name__ == "__main__":
    builder = Application.builder().token(sys.argv[2]).base_url(f"{sys.argv[1]}/bot")
    app = builder.build()
    app.add_handler(MessageHandler(filters.ALL, echo))
    app.run_polling()
