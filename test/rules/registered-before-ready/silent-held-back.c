#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_SPIN_LOCK OpenLock;
static LIST_ENTRY OpenList;
static BOOLEAN IsReady;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_BIND_ADAPTER_EX ProtocolBindAdapter;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    InitializeListHead(&OpenList);

    FillCharacteristics(&chars);
    chars.BindAdapterHandlerEx = ProtocolBindAdapter;
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    NdisAllocateSpinLock(&OpenLock);
    InitializeListHead(&OpenList); // once more: it was ready before
    IsReady = TRUE;
    return status;
}

NDIS_STATUS ProtocolBindAdapter(NDIS_HANDLE Context, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS Parameters)
{
    NDIS_STATUS status;

    if (!IsReady) {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    NdisAcquireSpinLock(&OpenLock);
    status = OpenAdapter(&OpenList, Context, BindContext, Parameters);
    NdisReleaseSpinLock(&OpenLock);
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisFreeSpinLock(&OpenLock);
}
