/** What may complete a text that has just been begun: commands, and the bot's name. */

/** Lists { label, about, text, whole }; `whole` ones are sent as they are. */
export function commandItems(text, bot, chat) {
  if (/^@\w*$/.test(text) && bot.username?.toLowerCase().startsWith(text.slice(1).toLowerCase())) {
    return [
      { label: `@${bot.username}`, about: "Search in this chat", text: `@${bot.username} `, whole: false },
    ];
  }
  if (chat !== "bot" || !/^\/\w*$/.test(text)) return [];
  return (bot.commands ?? [])
    .filter(({ command }) => `/${command}`.startsWith(text.toLowerCase()))
    .map(({ command, description }) => ({
      label: `/${command}`,
      about: description,
      text: `/${command}`,
      whole: true,
    }));
}
