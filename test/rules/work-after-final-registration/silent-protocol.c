#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_HANDLE Pool;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
NTSTATUS CreatePool(VOID);
NTSTATUS StartStatistics(VOID);
NTSTATUS StartUnseen(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateSymbolicLink(&LinkName, &DeviceName); // before
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (!NT_SUCCESS(status)) {
        IoDeleteSymbolicLink(&LinkName);
        return status;
    }
    WPP_INIT_TRACING(DriverObject, RegistryPath);
    status = CreatePool(); // needs the handle
    if (!NT_SUCCESS(status)) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
        IoDeleteSymbolicLink(&LinkName);
        return status;
    }
    if (!NT_SUCCESS(StartStatistics())) {
        Trace("no statistics"); // and goes on
    }
    return STATUS_SUCCESS;
}

NTSTATUS CreatePool(VOID)
{
    Pool = NdisAllocateNetBufferListPool(ProtocolHandle, NULL);
    return Pool == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS StartStatistics(VOID)
{
    return PcwRegister(NULL, NULL);
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    IoDeleteSymbolicLink(&LinkName);
}
