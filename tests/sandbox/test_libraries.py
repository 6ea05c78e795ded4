"""Bot API libraries run whole bots against the sandbox."""

import asyncio
from contextlib import suppress

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from sandbox import Driver, Sandbox


async def ask(update: Update, _: object) -> None:
    rows = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    await update.message.reply_text("Sure?", reply_markup=rows)


async def confirm(update: Update, _: object) -> None:
    await update.callback_query.answer("Noted")
    await update.callback_query.edit_message_text("Done")


async def test_python_telegram_bot_talks_with_a_person(sandbox: Sandbox, riva: Driver) -> None:
    builder = Application.builder().token(sandbox.token)
    builder = builder.base_url(f"{sandbox.url}/bot").base_file_url(f"{sandbox.url}/file/bot")
    async with builder.build() as application:
        application.add_handler(MessageHandler(filters.TEXT, ask))
        application.add_handler(CallbackQueryHandler(confirm))
        await application.updater.start_polling()
        await application.start()

        await riva.send_text("Book it")
        assert (await riva.reply())["text"] == "Sure?"
        pressed = await riva.press("Yes")
        assert (await pressed.answer())["text"] == "Noted"
        assert (await riva.reply())["text"] == "Done"

        await application.updater.stop()
        await application.stop()


async def test_aiogram_talks_with_a_person(sandbox: Sandbox, riva: Driver) -> None:
    # Here, for it takes seconds, and everybody who collects tests would wait for it.
    import aiogram
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def echo(message: aiogram.types.Message) -> None:
        photo = aiogram.types.BufferedInputFile(b"text", "a.txt")
        await message.answer_document(photo, caption=message.text)

    async with aiogram.Bot(sandbox.token, session) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        await riva.send_text("echo")
        reply = await riva.reply()
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
    assert (reply["caption"], reply["document"]["file_name"]) == ("echo", "a.txt")
