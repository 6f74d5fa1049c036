//- driver.h
#include <ndis.h>

extern NDIS_HANDLE ProtocolHandle;
extern NDIS_SPIN_LOCK OpenLock;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_BIND_ADAPTER_EX ProtocolBindAdapter;
VOID InitializeGlobals(VOID);
NDIS_STATUS RegisterProtocol(VOID);
VOID InitializeOpens(VOID);

//- driver.c
#include "driver.h"

NDIS_HANDLE ProtocolHandle;
NDIS_SPIN_LOCK OpenLock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    InitializeGlobals();
    status = RegisterProtocol();
    if (status == NDIS_STATUS_SUCCESS) {
        InitializeOpens(); // out of sight
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisFreeSpinLock(&OpenLock);
}

//- protocol.c
#include "driver.h"

VOID InitializeGlobals(VOID)
{
    NdisAllocateSpinLock(&OpenLock);
}

NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.BindAdapterHandlerEx = ProtocolBindAdapter;
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

NDIS_STATUS ProtocolBindAdapter(NDIS_HANDLE Context, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS Parameters)
{
    NDIS_STATUS status;

    NdisAcquireSpinLock(&OpenLock);
    status = OpenAdapter(Context, BindContext, Parameters);
    NdisReleaseSpinLock(&OpenLock);
    return status;
}
