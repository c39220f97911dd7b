/** Where purchases are made, which is never here. */
export const billingPage = 'https://admin.microsoft.com/Adminportal/Home#/subscriptions';
