//! The permission catalogue: one table, from which the types, names, kinds and own-relations are made.

/// A permission as a type. Operations ask for the transaction of their own right, so the compiler knows which one a
/// caller holds.
pub trait Right: Send + Sync + 'static {
    const RIGHT: RightId;
}

/// What a [`Right`] stands for at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RightId {
    /// Of the catalogue: granted by a role of the policy pack, under ceilings.
    Catalogue(Permission),
    /// What a kind of actor may do by being that actor; never in a pack (ruling 1).
    Internal(InternalRight),
}

impl RightId {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Catalogue(permission) => permission.name(),
            Self::Internal(right) => right.name(),
        }
    }
}

/// What a permission is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    View,
    Action,
    /// Whether a person may be given something (an assignment, a mention).
    Eligibility,
    /// Whether fields of a record are shown; the only kind that knows [`Reach::Masked`].
    Field,
}

/// How far a permission reaches, in this order (D2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    None,
    /// The record is visible, its sensitive fields in masked form.
    Masked,
    /// What stands in the permission's [`Relation`] to the actor.
    Own,
    /// Everything of the workspace.
    Any,
}

impl Reach {
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Masked => "masked",
            Self::Own => "own",
            Self::Any => "any",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::None, Self::Masked, Self::Own, Self::Any].into_iter().find(|reach| reach.name() == name)
    }
}

/// What makes a record an actor's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The permission knows no own-reach.
    Nobody,
    Actor,
    /// A conversation assigned to the member, or unassigned in a queue of one of the member's teams or of no team.
    AssigneeOrQueue,
    Assignee,
    AssigneeOrCreator,
    /// The customer has a conversation whose assignee is the member, open or within the last 90 days.
    AssignedContact,
    Author,
    /// The customer's business has the member as its steward (ruling 18).
    BusinessCreator,
    Creator,
    /// The membership concerned is the actor's own.
    Oneself,
}

macro_rules! permissions {
    ($($type:ident = $name:literal, $kind:ident, $relation:ident, $description:literal;)+) => {
        /// A permission of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $(#[doc = $description] $type),+ }

        impl Permission {
            /// The whole catalogue, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$type),+];

            /// `noun.verb`.
            pub const fn name(self) -> &'static str { match self { $(Self::$type => $name),+ } }
            pub const fn kind(self) -> Kind { match self { $(Self::$type => Kind::$kind),+ } }
            /// What [`Reach::Own`] means for it.
            pub const fn relation(self) -> Relation { match self { $(Self::$type => Relation::$relation),+ } }
            pub const fn description(self) -> &'static str { match self { $(Self::$type => $description),+ } }
            pub const fn index(self) -> usize { self as usize }

            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$type),)+ _ => None }
            }
        }

        $(
            #[doc = $description]
            #[derive(Debug, Clone, Copy)]
            pub struct $type;
            impl Right for $type { const RIGHT: RightId = RightId::Catalogue(Permission::$type); }
        )+
    };
}

macro_rules! internal_rights {
    ($($(#[$doc:meta])* $type:ident = $name:literal;)+) => {
        /// What a kind of actor may do by being that actor.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum InternalRight { $($(#[$doc])* $type),+ }

        impl InternalRight {
            pub const fn name(self) -> &'static str { match self { $(Self::$type => $name),+ } }
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $type;
            impl Right for $type { const RIGHT: RightId = RightId::Internal(InternalRight::$type); }
        )+
    };
}

internal_rights! {
    /// Making a workspace with its first membership: whoever signs up or creates a further workspace.
    Founding = "internal.founding";
    /// Joining by an invitation that was addressed to the account.
    InvitationAccept = "internal.invitation_accept";
    /// An account signs in, and changes what concerns only itself, outside of workspaces.
    AccountSelf = "internal.account_self";
    /// A channel delivers what a customer wrote.
    InboundReceive = "internal.inbound_receive";
    /// A visitor reads and writes the conversations of its own customer.
    VisitorChat = "internal.visitor_chat";
    /// A member reads and marks what concerns only itself: its memberships, its onboarding.
    MemberSelf = "internal.member_self";
    /// The AI answers in conversations that are in its hands, as far as the mode lets it (INV-22).
    AgentAnswer = "internal.agent_answer";
    /// The clock does what was accepted earlier: deliveries, wake-ups, retention.
    Housekeeping = "internal.housekeeping";
    /// The operator of the instance decides what people of a workspace cannot: its plan without a payment, an invoice
    /// that was paid by hand, a request of theirs.
    Operating = "internal.operating";
}

permissions! {
    WorkspaceViewSettings = "workspace.view_settings", View, Nobody, "open the workspace/team settings pages read-only";
    WorkspaceEditSettings = "workspace.edit_settings", Action, Nobody, "change name, business hours, policies, contact-warning window, default labels";
    WorkspaceDelete = "workspace.delete", Action, Nobody, "delete the whole workspace/team";
    WorkspaceTransferOwnership = "workspace.transfer_ownership", Action, Nobody, "start an ownership transfer (mechanism decided by policy.ownership_transfer)";
    WorkspaceLeave = "workspace.leave", Action, Oneself, "leave the workspace oneself (never available to the current owner)";
    WorkspaceExportData = "workspace.export_data", Action, Nobody, "export all workspace data";
    MemberView = "member.view", View, Nobody, "see the member list, names, avatars, seat badges";
    MemberInvite = "member.invite", Action, Nobody, "add a person on a full seat, by invitation link or by direct creation; resend and revoke";
    MemberInviteCollaborator = "member.invite_collaborator", Action, Nobody, "add a person on a collaborator (light) seat";
    MemberEdit = "member.edit", Action, Oneself, "edit another membership: display name, team membership (never the account's address or password)";
    MemberRemove = "member.remove", Action, Nobody, "remove a member from the workspace";
    MemberDeactivate = "member.deactivate", Action, Nobody, "deactivate and reactivate a member";
    MemberResetPassword = "member.reset_password", Action, Oneself, "have a password-reset link mailed to the member's own address";
    MemberChangeRole = "member.change_role", Action, Nobody, "promote/demote: change the role of an existing member";
    RoleView = "role.view", View, Nobody, "see roles and their permission matrices";
    RoleManage = "role.manage", Action, Nobody, "create, edit, delete custom roles and permission sets; switch policy pack";
    SeatExtraPermissionSets = "seat.extra_permission_sets", Eligibility, Nobody, "may be given additional permission sets on top of the role";
    TeamView = "team.view", View, Nobody, "see routing teams, their members and strategy";
    TeamManage = "team.manage", Action, Nobody, "create routing teams, add members, set strategy, capacity, shifts, routing rules";
    AvailabilitySet = "availability.set", Action, Oneself, "set Available/Away; own = oneself, any = also others";
    BillingView = "billing.view", View, Nobody, "see plan, subscription, invoices, usage against limits";
    BillingManage = "billing.manage", Action, Nobody, "add/update payment methods, select/change/cancel the plan";
    BillingPurchaseAddons = "billing.purchase_addons", Action, Nobody, "buy seats, business slots, credit packs";
    CreditConsume = "credit.consume", Action, Nobody, "cause a charge to the shared credit pool";
    CreditViewBalance = "credit.view_balance", View, Nobody, "see the pool balance";
    CreditViewLedger = "credit.view_ledger", View, Actor, "see transaction history and per-member consumption; own = own entries";
    ConversationView = "conversation.view", View, AssigneeOrQueue, "read conversations";
    ConversationReply = "conversation.reply", Action, Assignee, "send a message to the customer in a conversation";
    ConversationTakeManual = "conversation.take_manual", Action, AssigneeOrQueue, "flip a conversation from AI to Manual";
    ConversationReleaseToAi = "conversation.release_to_ai", Action, Assignee, "flip a conversation from Manual back to AI";
    ConversationClaim = "conversation.claim", Action, Nobody, "take an unassigned conversation for oneself";
    ConversationAssign = "conversation.assign", Action, Assignee, "assign/reassign/unassign to another member or team; own = hand over what one holds";
    ConversationBeAssigned = "conversation.be_assigned", Eligibility, Nobody, "may be the assignee of conversations";
    ConversationSetStatus = "conversation.set_status", Action, Assignee, "solve, snooze, spam, archive, reopen";
    LabelApply = "label.apply", Action, Nobody, "put labels on and take labels off conversations and customer profiles";
    LabelManage = "label.manage", Action, Creator, "create, rename, recolour, delete labels";
    NoteView = "note.view", View, Nobody, "read internal notes";
    NoteCreate = "note.create", Action, Nobody, "write internal notes on customer profiles and conversations";
    NoteEdit = "note.edit", Action, Author, "edit notes";
    NoteDelete = "note.delete", Action, Author, "delete notes";
    NoteMention = "note.mention", Action, Nobody, "@mention members/teams in notes";
    NoteBeMentioned = "note.be_mentioned", Eligibility, Nobody, "may be @mentioned and be notified";
    TaskView = "task.view", View, AssigneeOrCreator, "see tasks";
    TaskCreate = "task.create", Action, Nobody, "create tasks and assign them";
    TaskBeAssigned = "task.be_assigned", Eligibility, Nobody, "may be the assignee of tasks";
    TaskComment = "task.comment", Action, AssigneeOrCreator, "comment on tasks";
    TaskEdit = "task.edit", Action, AssigneeOrCreator, "edit, complete, reopen tasks";
    TaskDelete = "task.delete", Action, Creator, "delete tasks";
    SearchUse = "search.use", View, Nobody, "run and save searches over customers and conversations";
    SearchExport = "search.export", Action, Nobody, "export search results";
    KbViewPublic = "kb.view_public", View, Nobody, "read the public knowledge base inside the app";
    KbViewInternal = "kb.view_internal", View, Nobody, "read internal-only knowledge-base articles";
    KbCreate = "kb.create", Action, Nobody, "create articles/knowledge sources";
    KbEdit = "kb.edit", Action, Creator, "edit articles/knowledge sources";
    KbDelete = "kb.delete", Action, Creator, "delete articles/knowledge sources";
    KbPublish = "kb.publish", Action, Nobody, "publish to the public knowledge base";
    CustomerView = "customer.view", View, AssignedContact, "see customers/contacts";
    CustomerViewUnmasked = "customer.view_unmasked", Field, AssignedContact, "see email, phone and financial fields unmasked; masked = masked form; none = fields absent";
    CustomerCreate = "customer.create", Action, BusinessCreator, "create a customer by hand";
    CustomerEdit = "customer.edit", Action, BusinessCreator, "edit a customer profile";
    CustomerDelete = "customer.delete", Action, BusinessCreator, "delete customers (cleanup)";
    CustomerImportCsv = "customer.import_csv", Action, BusinessCreator, "import customers from CSV";
    CustomerImportStripe = "customer.import_stripe", Action, BusinessCreator, "import customers from Stripe";
    CustomerExport = "customer.export", Action, BusinessCreator, "export customers";
    CustomerRunAnalysis = "customer.run_analysis", Action, BusinessCreator, "run the AI analysis of a customer (consumes credits)";
    CustomerEditAnalysis = "customer.edit_analysis", Action, BusinessCreator, "edit the customer analysis";
    CustomerRegeneratePersona = "customer.regenerate_persona", Action, BusinessCreator, "regenerate the persona in a language";
    CustomerLogReply = "customer.log_reply", Action, BusinessCreator, "log a customer's reply by hand";
    CustomerViewCrossProductBadge = "customer.view_cross_product_badge", View, Nobody, "see the badge 'Also in X products' and contact warnings";
    CustomerViewCrossProductTimeline = "customer.view_cross_product_timeline", View, Nobody, "see all interactions of one person across products";
    OutreachDraft = "outreach.draft", Action, BusinessCreator, "draft outreach emails";
    OutreachRegenerate = "outreach.regenerate", Action, BusinessCreator, "regenerate the content of a draft";
    OutreachSend = "outreach.send", Action, BusinessCreator, "send outreach emails";
    OutreachBatch = "outreach.batch", Action, BusinessCreator, "run batch operations (analyse/draft/send many)";
    BusinessView = "business.view", View, Creator, "see businesses/products";
    BusinessCreate = "business.create", Action, Nobody, "create a business/product";
    BusinessEdit = "business.edit", Action, Creator, "edit a business/product";
    BusinessDelete = "business.delete", Action, Creator, "delete a business/product";
    BusinessConfigureStripe = "business.configure_stripe", Action, Creator, "connect Stripe to a business";
    BusinessConfigureSender = "business.configure_sender", Action, Creator, "configure sender verification of a business";
    CampaignView = "campaign.view", View, Creator, "see campaigns";
    CampaignEdit = "campaign.edit", Action, Creator, "create and edit campaigns";
    CampaignSend = "campaign.send", Action, Creator, "launch campaigns";
    TemplateView = "template.view", View, Nobody, "see message templates";
    TemplateUse = "template.use", Action, Nobody, "send a template in a conversation";
    TemplateEdit = "template.edit", Action, Creator, "create, edit, submit templates";
    CannedResponseUse = "canned_response.use", Action, Nobody, "insert canned responses";
    CannedResponseManage = "canned_response.manage", Action, Creator, "create, edit, delete canned responses";
    AnalyticsView = "analytics.view", View, Nobody, "see analytics/reporting";
    DashboardTeamView = "dashboard.team_view", View, Nobody, "see the Team Admin Dashboard (per-member figures)";
    ActivityView = "activity.view", View, Actor, "see the member activity log; own = one's own entries";
    AuditView = "audit.view", View, Nobody, "read the audit log";
    AiAgentMonitor = "ai_agent.monitor", View, Nobody, "see the AI agent's live performance and its conversations' mode";
    AiAgentView = "ai_agent.view", View, Creator, "see AI agents and AI Config (business context, workflow, persona of the bot)";
    AiAgentCreate = "ai_agent.create", Action, Nobody, "create AI agents and AI Config (business context, workflow, persona of the bot)";
    AiAgentEdit = "ai_agent.edit", Action, Creator, "edit AI agents and AI Config (business context, workflow, persona of the bot)";
    AiAgentDelete = "ai_agent.delete", Action, Creator, "delete AI agents and AI Config (business context, workflow, persona of the bot)";
    FormView = "form.view", View, Creator, "see forms and their submissions";
    FormCreate = "form.create", Action, Nobody, "create forms and their submissions";
    FormEdit = "form.edit", Action, Creator, "edit forms and their submissions";
    FormDelete = "form.delete", Action, Creator, "delete forms and their submissions";
    PhoneNumberView = "phone_number.view", View, Creator, "see phone numbers of the workspace";
    PhoneNumberCreate = "phone_number.create", Action, Nobody, "create phone numbers of the workspace";
    PhoneNumberEdit = "phone_number.edit", Action, Creator, "edit phone numbers of the workspace";
    PhoneNumberDelete = "phone_number.delete", Action, Creator, "delete phone numbers of the workspace";
    CalendarView = "calendar.view", View, Creator, "see calendars, business hours and appointments";
    CalendarCreate = "calendar.create", Action, Nobody, "create calendars, business hours and appointments";
    CalendarEdit = "calendar.edit", Action, Creator, "edit calendars, business hours and appointments";
    CalendarDelete = "calendar.delete", Action, Creator, "delete calendars, business hours and appointments";
    IntegrationView = "integration.view", View, Creator, "see integrations (Slack, Stripe, channels' back ends, webhooks to other apps)";
    IntegrationCreate = "integration.create", Action, Nobody, "create integrations (Slack, Stripe, channels' back ends, webhooks to other apps)";
    IntegrationEdit = "integration.edit", Action, Creator, "edit integrations (Slack, Stripe, channels' back ends, webhooks to other apps)";
    IntegrationDelete = "integration.delete", Action, Creator, "delete integrations (Slack, Stripe, channels' back ends, webhooks to other apps)";
    ProductView = "product.view", View, Creator, "see product catalogue entries";
    ProductCreate = "product.create", Action, Nobody, "create product catalogue entries";
    ProductEdit = "product.edit", Action, Creator, "edit product catalogue entries";
    ProductDelete = "product.delete", Action, Creator, "delete product catalogue entries";
    OrderView = "order.view", View, Creator, "see orders";
    OrderCreate = "order.create", Action, Nobody, "create orders";
    OrderEdit = "order.edit", Action, Creator, "edit orders";
    OrderDelete = "order.delete", Action, Creator, "delete orders";
    LeadView = "lead.view", View, Creator, "see Lead Discovery searches and found leads";
    LeadCreate = "lead.create", Action, Nobody, "create Lead Discovery searches and found leads";
    LeadEdit = "lead.edit", Action, Creator, "edit Lead Discovery searches and found leads";
    LeadDelete = "lead.delete", Action, Creator, "delete Lead Discovery searches and found leads";
    ChannelView = "channel.view", View, Nobody, "see connected channels and their health";
    ChannelManage = "channel.manage", Action, Nobody, "connect/disconnect WhatsApp, Instagram, Messenger, email, SMS, web chat";
    SecurityManage = "security.manage", Action, Nobody, "SSO/SAML, password policy, session policy, revoke sessions of others";
    ApiKeyManage = "api_key.manage", Action, Creator, "create and revoke API keys";
    WebhookManage = "webhook.manage", Action, Creator, "create and edit webhooks";
}

impl Permission {
    /// Whether holding it comes close to owning the workspace. Such a permission takes a fresh proof of who one is,
    /// and no API key ever holds it.
    pub const fn is_owner_equivalent(self) -> bool {
        matches!(
            self,
            Self::WorkspaceDelete
                | Self::WorkspaceTransferOwnership
                | Self::WorkspaceExportData
                | Self::RoleManage
                | Self::BillingManage
                | Self::SecurityManage
                | Self::ApiKeyManage
                | Self::WebhookManage
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_130_permissions_with_distinct_names() {
        let names: std::collections::BTreeSet<_> = Permission::ALL.iter().map(|permission| permission.name()).collect();
        assert_eq!(names.len(), 130);
        assert!(Permission::ALL.iter().all(|permission| Permission::parse(permission.name()) == Some(*permission)));
    }
}
