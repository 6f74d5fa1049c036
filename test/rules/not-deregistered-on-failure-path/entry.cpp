extern "C" {
#include <ndis.h>
}

static NDIS_HANDLE FilterHandle = nullptr;

extern "C" DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    auto status = NdisFRegisterFilterDriver(DriverObject, nullptr, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    if (ExAllocateTimer(nullptr, nullptr, 0) == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning not-deregistered-on-failure-path: 'DriverEntry' fails here, but 'NdisFRegisterFilterDriver' (line 17) is still registered
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
