#pragma once

// A project usually names these in its preprocessor definitions. An intermediate driver is a miniport towards the
// protocols above it and a protocol towards the adapter below it, so ndis.h wants both families of macros.
#define NDIS_MINIPORT_DRIVER 1
#define NDIS630_MINIPORT 1
#define NDIS630 1
#include <ndis.h>

#define STOREY_TAG 'rotS'
#define STOREY_MTU 1500
#define STOREY_FRAME (STOREY_MTU + 14)
#define STOREY_LINK_SPEED 1000000000ULL

// A binding to an adapter below, and the virtual miniport that stands on it.
typedef struct _STOREY_BINDING {
    NDIS_HANDLE BindingHandle;
    NDIS_EVENT Completed;
    NDIS_STATUS CompletionStatus;
    NDIS_STRING InstanceName;
    WCHAR InstanceBuffer[128];
    // Null until StoreyInitialize has run, and again after StoreyHalt.
    NDIS_HANDLE MiniportHandle;
    // Set whenever no call of StoreyInitialize is on its way.
    NDIS_EVENT Initialized;
} STOREY_BINDING, *PSTOREY_BINDING;

DRIVER_INITIALIZE DriverEntry;

MINIPORT_UNLOAD StoreyUnload;
MINIPORT_INITIALIZE StoreyInitialize;
MINIPORT_HALT StoreyHalt;
MINIPORT_PAUSE StoreyPause;
MINIPORT_RESTART StoreyRestart;
MINIPORT_OID_REQUEST StoreyOidRequest;
MINIPORT_CANCEL_OID_REQUEST StoreyCancelOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS StoreySendNetBufferLists;
MINIPORT_CANCEL_SEND StoreyCancelSend;
MINIPORT_RETURN_NET_BUFFER_LISTS StoreyReturnNetBufferLists;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY StoreyDevicePnPEventNotify;
MINIPORT_SHUTDOWN StoreyShutdown;

PROTOCOL_BIND_ADAPTER_EX StoreyBindAdapter;
PROTOCOL_UNBIND_ADAPTER_EX StoreyUnbindAdapter;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX StoreyOpenAdapterComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX StoreyCloseAdapterComplete;
PROTOCOL_NET_PNP_EVENT StoreyNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE StoreyOidRequestComplete;
PROTOCOL_STATUS_EX StoreyStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS StoreyReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE StoreySendNetBufferListsComplete;
