//! How the website chat looks and asks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Refusal;

const LONGEST_GREETING: usize = 500;
const LONGEST_HINT: usize = 120;

/// Which side of the page the chat stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    Right,
    Left,
}

/// The language of the chat; `auto` follows the visitor's browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WidgetLocale {
    Auto,
    En,
    Es,
}

/// Whether a visitor is asked for name and e-mail before the first message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreChat {
    None,
    Optional,
    Required,
}

/// The settings of a website chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChannelSettings)]
pub struct Settings {
    #[schema(pattern = "^#[0-9a-fA-F]{6}$")]
    pub color: String,
    pub position: Position,
    pub greeting: String,
    pub reply_time_hint: String,
    pub locale: WidgetLocale,
    pub pre_chat: PreChat,
    /// Whether visitors see that their messages were read.
    pub show_read_receipts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            color: "#2b4fcf".into(),
            position: Position::Right,
            greeting: String::new(),
            reply_time_hint: String::new(),
            locale: WidgetLocale::Auto,
            pre_chat: PreChat::Optional,
            show_read_receipts: true,
        }
    }
}

/// What to change of the settings; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelSettingsUpdate)]
pub struct SettingsChange {
    #[schema(pattern = "^#[0-9a-fA-F]{6}$")]
    pub color: Option<String>,
    pub position: Option<Position>,
    pub greeting: Option<String>,
    pub reply_time_hint: Option<String>,
    pub locale: Option<WidgetLocale>,
    pub pre_chat: Option<PreChat>,
    pub show_read_receipts: Option<bool>,
}

impl Settings {
    /// The settings with the change applied.
    ///
    /// # Errors
    /// A value that the chat could not show.
    pub fn with(mut self, change: SettingsChange) -> Result<Self, Refusal> {
        if let Some(color) = change.color {
            self.color = check("/settings/color", color, |color| {
                let hex =
                    color.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
                hex.map(drop).ok_or_else(|| "is no colour like #2b4fcf".to_owned())
            })?;
        }
        if let Some(greeting) = change.greeting {
            self.greeting = check("/settings/greeting", greeting, |text| at_most(text, LONGEST_GREETING))?;
        }
        if let Some(hint) = change.reply_time_hint {
            self.reply_time_hint = check("/settings/reply_time_hint", hint, |text| at_most(text, LONGEST_HINT))?;
        }
        self.position = change.position.unwrap_or(self.position);
        self.locale = change.locale.unwrap_or(self.locale);
        self.pre_chat = change.pre_chat.unwrap_or(self.pre_chat);
        self.show_read_receipts = change.show_read_receipts.unwrap_or(self.show_read_receipts);
        Ok(self)
    }
}

fn check(field: &'static str, value: String, rule: impl Fn(&str) -> Result<(), String>) -> Result<String, Refusal> {
    match rule(&value) {
        Ok(()) => Ok(value),
        Err(detail) => Err(Refusal::Invalid { field, detail }),
    }
}

fn at_most(text: &str, longest: usize) -> Result<(), String> {
    if text.contains('\0') {
        return Err("holds a NUL character".into());
    }
    if text.chars().count() > longest { Err(format!("has more than {longest} characters")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_touches_only_what_it_names() {
        let change = SettingsChange { color: Some("#00FF00".into()), ..SettingsChange::default() };
        let settings = Settings::default().with(change).expect("a change");
        assert_eq!(settings, Settings { color: "#00FF00".into(), ..Settings::default() });
    }

    #[test]
    fn what_the_chat_could_not_show_is_refused() {
        let bad = [
            SettingsChange { color: Some("red".into()), ..SettingsChange::default() },
            SettingsChange { color: Some("#12345é".into()), ..SettingsChange::default() },
            SettingsChange { greeting: Some("x".repeat(501)), ..SettingsChange::default() },
            SettingsChange { reply_time_hint: Some("a\0".into()), ..SettingsChange::default() },
        ];
        for change in bad {
            assert!(Settings::default().with(change.clone()).is_err(), "{change:?} was accepted");
        }
    }
}
