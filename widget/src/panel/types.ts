// The shapes the server speaks, field for field.

export interface Settings {
  color: string;
  position: 'right' | 'left';
  greeting: string;
  reply_time_hint: string;
  locale: 'auto' | 'en' | 'es';
  pre_chat: 'none' | 'optional' | 'required';
  show_read_receipts: boolean;
}

export interface Config {
  name: string;
  settings: Settings;
  team: { name: string; initials: string }[];
  online: boolean;
}

export interface Attachment {
  id: string;
  name: string;
  content_type: string;
  size: number;
}

export interface Message {
  id: string;
  seq: number;
  client_id: string | null;
  author: { kind: 'visitor' | 'member' | 'ai' | 'system'; name: string | null };
  text: string;
  attachments: Attachment[];
  sent_at: string;
  state: 'sent' | 'delivered' | 'read';
}

export interface ConversationSummary {
  id: string;
  last_seq: number;
  read_seq: number;
  agent_read_seq: number;
}

export interface Visitor {
  id: string;
  name: string | null;
  email: string | null;
  identified: boolean;
}

export interface VisitorGrant {
  token: string;
  visitor: Visitor;
  expires_at: string;
}

export interface Sent {
  conversation_id: string;
  message: Message;
}

export interface ChangeEvent {
  kind: string;
  conversation_id: string;
  message?: Message | null;
  agent_read_seq?: number | null;
}

export interface TypingEvent {
  conversation_id: string;
  name: string;
  state: 'typing' | 'stopped';
}
