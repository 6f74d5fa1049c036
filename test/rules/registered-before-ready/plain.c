// example: handlers take a lock that does not exist yet
#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static LIST_ENTRY OpenList;
static NDIS_SPIN_LOCK OpenLock;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
PROTOCOL_BIND_ADAPTER_EX ProtocolBindAdapter;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;

    NdisZeroMemory(&chars, sizeof(chars));
    FillCharacteristics(&chars);
    chars.BindAdapterHandlerEx = ProtocolBindAdapter;
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }

    InitializeListHead(&OpenList);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-before-ready: 'OpenList' is initialized after 'NdisRegisterProtocolDriver' (line 22), but 'ProtocolBindAdapter' uses it and can already run
    NdisAllocateSpinLock(&OpenLock); // guards OpenList
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-before-ready: 'OpenLock' is initialized after 'NdisRegisterProtocolDriver' (line 22), but 'ProtocolBindAdapter' uses it and can already run
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS ProtocolBindAdapter(NDIS_HANDLE Context, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS Parameters)
{
    NDIS_STATUS status;

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
