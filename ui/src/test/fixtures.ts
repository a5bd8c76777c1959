import type { ConversationView, MessageView } from '@/api';

export function conversation(more: Partial<ConversationView> = {}): ConversationView {
  return {
    id: 'c1',
    customer: { id: 'cu1', display_name: 'Gus Gray', email: 'gus@example.test', masked_fields: [] },
    channel: { id: 'ch1', kind: 'website_chat', name: 'Website' },
    business_id: 'b1',
    status: 'open',
    mode: 'manual',
    mode_epoch: 1,
    assignee: null,
    team: null,
    label_ids: [],
    mode_holder: null,
    ai_resume_at: null,
    ai_answers: false,
    review_flag: false,
    pending_handover: null,
    subject: null,
    preview: null,
    last_seq: 1,
    last_inbound_seq: 1,
    last_outbound_seq: 0,
    read_seq: 1,
    unread_count: 0,
    waiting_since: null,
    snoozed_until: null,
    last_activity_at: '2026-01-01T10:00:00.000Z',
    created_at: '2026-01-01T10:00:00.000Z',
    version: 1,
    can: {},
    ...more,
  };
}

export function message(more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${more.seq ?? 1}`,
    seq: 1,
    conversation_id: 'c1',
    direction: 'inbound',
    author: { kind: 'customer', id: 'cu1', name: 'Gus Gray' },
    text: 'Hello',
    attachments: [],
    state: 'received',
    sent_at: '2026-01-01T10:00:00.000Z',
    client_id: null,
    send_at: null,
    mentions: [],
    edited_at: null,
    deleted: false,
    handover_id: null,
    version: 1,
    warnings: [],
    can: {},
    ...more,
  };
}
