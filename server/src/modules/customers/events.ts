/** `customers.party_recognised`, version 1; the aggregate is the party. An order was found to be this party's. */
export type PartyRecognised = { readonly partyId: string; readonly orderId: string }
