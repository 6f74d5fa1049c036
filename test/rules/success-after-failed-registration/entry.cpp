#include <ndis.h>

static NDIS_HANDLE FilterHandle = nullptr;

extern "C" DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    const auto status = NdisFRegisterFilterDriver(DriverObject, nullptr, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_SUCCESS;
    //  ^^^^^^^^^^^^^^^^^^^^^^ error success-after-failed-registration: 'DriverEntry' returns success although 'NdisFRegisterFilterDriver' failed
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
