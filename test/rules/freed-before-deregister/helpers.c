//- driver.h
#include <ndis.h>

typedef struct _GLOBALS {
    NDIS_HANDLE Handle;
    NDIS_SPIN_LOCK Lock;
} GLOBALS;

extern GLOBALS Globals;

#define MY_FREE_LOCK(_lock) NdisFreeSpinLock(_lock)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_UNBIND_ADAPTER_EX ProtocolUnbindAdapter;
VOID FreeGlobals(VOID);

//- driver.c
#include "driver.h"

GLOBALS Globals;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    NdisAllocateSpinLock(&Globals.Lock);
    FillCharacteristics(&chars);
    chars.UnbindAdapterHandlerEx = ProtocolUnbindAdapter;
    status = NdisRegisterProtocolDriver(NULL, &chars, &Globals.Handle);
    if (status != NDIS_STATUS_SUCCESS) {
        FreeGlobals();
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FreeGlobals();
    if (Globals.Handle != NULL) {
        NdisDeregisterProtocolDriver(Globals.Handle);
    }
}

//- protocol.c
#include "driver.h"

PROTOCOL_UNBIND_ADAPTER_EX ProtocolUnbindAdapter;

NDIS_STATUS ProtocolUnbindAdapter(NDIS_HANDLE UnbindContext, NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(UnbindContext);
    NdisAcquireSpinLock(&Globals.Lock);
    CloseOpen(Context);
    NdisReleaseSpinLock(&Globals.Lock);
    return NDIS_STATUS_SUCCESS;
}

VOID FreeGlobals(VOID)
{
    MY_FREE_LOCK(&Globals.Lock);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning freed-before-deregister: 'Globals.Lock' is released before 'NdisDeregisterProtocolDriver', and 'ProtocolUnbindAdapter' still uses it
}
