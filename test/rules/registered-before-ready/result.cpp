#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static PNDIS_RW_LOCK_EX OpenLock;

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD ProtocolUnload;
extern "C" PROTOCOL_BIND_ADAPTER_EX ProtocolBindAdapter;

extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars = {};
    FillCharacteristics(&chars);
    chars.BindAdapterHandlerEx = ProtocolBindAdapter;
    DriverObject->DriverUnload = ProtocolUnload;

    NTSTATUS status = NdisRegisterProtocolDriver(nullptr, &chars, &ProtocolHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    OpenLock = NdisAllocateRWLock(nullptr);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-before-ready: 'OpenLock' is initialized after 'NdisRegisterProtocolDriver' (line 18), but 'ProtocolBindAdapter' uses it and can already run
    return STATUS_SUCCESS;
}

extern "C" NDIS_STATUS ProtocolBindAdapter(NDIS_HANDLE Context, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS Parameters)
{
    LOCK_STATE_EX state;
    NdisAcquireRWLockWrite(OpenLock, &state, 0);
    NDIS_STATUS status = OpenAdapter(Context, BindContext, Parameters);
    NdisReleaseRWLock(OpenLock, &state);
    return status;
}

extern "C" VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisFreeRWLock(OpenLock);
}
