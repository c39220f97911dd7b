// The declarations of adaptivecards-templating point into the sources of adaptivecards, which do not compile under
// our settings. Nothing of ours uses the types that they lead to.
export {};
