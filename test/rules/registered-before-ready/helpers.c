//- driver.h
#include <ndis.h>

typedef struct _GLOBALS {
    NDIS_HANDLE Handle;
    NDIS_SPIN_LOCK Lock;
    LIST_ENTRY Opens;
} GLOBALS;

extern GLOBALS Globals;

#define MY_INIT_LOCK(_lock) NdisAllocateSpinLock(_lock)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_UNBIND_ADAPTER_EX ProtocolUnbindAdapter;
NDIS_STATUS RegisterProtocol(VOID);
VOID RemoveOpen(PLIST_ENTRY Entry);

//- driver.c
#include "driver.h"

GLOBALS Globals;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    status = RegisterProtocol();
    if (status == NDIS_STATUS_SUCCESS) {
        MY_INIT_LOCK(&Globals.Lock);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-before-ready: 'Globals.Lock' is initialized after 'NdisRegisterProtocolDriver', but 'ProtocolUnbindAdapter' uses it and can already run
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(Globals.Handle);
    NdisFreeSpinLock(&Globals.Lock);
}

//- protocol.c
#include "driver.h"

NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.UnbindAdapterHandlerEx = ProtocolUnbindAdapter;
    InitializeListHead(&Globals.Opens);
    return NdisRegisterProtocolDriver(NULL, &chars, &Globals.Handle);
}

NDIS_STATUS ProtocolUnbindAdapter(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(UnbindContext);
    RemoveOpen((PLIST_ENTRY)Context);
    return NDIS_STATUS_SUCCESS;
}

VOID RemoveOpen(PLIST_ENTRY Entry)
{
    NdisAcquireSpinLock(&Globals.Lock);
    RemoveEntryList(Entry);
    NdisReleaseSpinLock(&Globals.Lock);
}
